/* Words people type: the guard's dialog over a form, and the picker of people and agencies after "@". */
(() => {
  'use strict'
  const $ = (selector, root = document) => root.querySelector(selector)
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]

  // --- The guard: masked words go back into the form they came from, which still holds its files and the rest ------
  const guard = $('#guard')
  let sent = null
  document.addEventListener('htmx:before:request', event => {
    const { sourceElement, request } = event.detail.ctx
    if (request.method !== 'GET') sent = { source: sourceElement, button: request.submitter }
  })
  if (guard) {
    new MutationObserver(() => {
      if (!guard.childElementCount || guard.open) return
      guard.showModal()
      $('#guard-h', guard)?.focus()
    }).observe(guard, { childList: true })
    guard.addEventListener('close', () => {
      guard.replaceChildren()
      const field = sent && $('textarea, input:not([type=hidden])', sent.source.closest('form') || document)
      field?.focus()
    })
    guard.addEventListener('click', event => {
      if (event.target === guard || event.target.closest('[data-guard-close]')) guard.close()
    })
    guard.addEventListener('submit', event => {
      const form = sent?.source.isConnected && sent.source.closest('form')
      if (!form) return
      event.preventDefault()
      const answers = new FormData(event.target)
      const added = []
      for (const [name, text] of answers) {
        const field = name !== 'csrf_token' && form.elements[name]
        if (event.target.dataset.guard === 'mask' && field && 'value' in field && field.type !== 'file') field.value = text
        if (name === 'guard_reason') {
          const reason = Object.assign(document.createElement('input'), { type: 'hidden', name, value: text })
          form.append(reason)
          added.push(reason)
        }
      }
      guard.close()
      const { source, button } = sent
      if (source.matches('form')) source.requestSubmit(button?.isConnected ? button : undefined)
      else source.dispatchEvent(new Event('change', { bubbles: true }))
      setTimeout(() => added.forEach(reason => reason.remove()))
    })
  }

  // --- The picker: "@" in a comment lists who can be mentioned; arrows and Enter, or a tap ------------------------
  let list = null
  let field = null
  const options = () => $$('[role=option]:not([hidden])', list || document.createElement('i'))
  const plain = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase()
  const typed = () => /(^|[^\p{L}\p{N}_])@([\p{L}\p{M}\p{N} ().-]{0,40})$/u.exec(field.value.slice(0, field.selectionStart))

  // The choices of a card are asked for once; what was typed meanwhile is looked at when they are there.
  const choices = new Map()
  function ask(address) {
    if (!choices.has(address)) choices.set(address, fetch(address, { headers: { 'HX-Request': 'true' } }).then(answer => answer.ok ? answer.text() : ''))
    return choices.get(address)
  }
  async function openList() {
    const here = field
    const html = await ask(here.dataset.mention).catch(() => { choices.delete(here.dataset.mention); return '' })
    if (list || !html || field !== here || document.activeElement !== here) return
    list = Object.assign(document.createElement('ul'), { className: 'mention', id: 'mention-list', innerHTML: html })
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', field.placeholder || field.getAttribute('aria-label'))
    list.addEventListener('pointerdown', event => event.preventDefault())
    list.addEventListener('click', event => choose(event.target.closest('[role=option]')))
    // Inside the top layer and the drawer alike: beside its field, which also keeps it in the reading order.
    field.parentElement.classList.add('mention-at')
    field.after(list)
    for (const [name, value] of Object.entries({ 'aria-controls': list.id, 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox' })) field.setAttribute(name, value)
    narrow()
  }
  function closeList() {
    list?.remove()
    list = null
    field?.removeAttribute('aria-activedescendant')
    field?.removeAttribute('aria-controls')
  }
  function narrow() {
    const found = list && typed()
    if (!found) return closeList()
    const words = plain(found[2])
    for (const option of $$('[role=option]', list)) {
      const name = plain(option.dataset.name)
      option.hidden = !(name.startsWith(words) || name.split(' ').some((_, i, all) => all.slice(i).join(' ').startsWith(words)))
    }
    const first = options()[0]
    first ? select(first) : closeList()
  }
  function select(option) {
    for (const other of options()) other.setAttribute('aria-selected', other === option)
    option.scrollIntoView({ block: 'nearest' })
    field.setAttribute('aria-activedescendant', option.id)
  }
  function choose(option) {
    if (!option || option.getAttribute('aria-disabled') === 'true') return
    const found = typed()
    const start = field.selectionStart - found[2].length
    field.setRangeText(`${option.dataset.name} `, start, field.selectionStart, 'end')
    closeList()
    field.focus()
  }
  document.addEventListener('input', event => {
    if (!event.target.matches?.('[data-mention]')) return
    if (field !== event.target) closeList()
    field = event.target
    if (list) narrow()
    else if (typed()) openList()
  })
  document.addEventListener('keydown', event => {
    if (!list || event.target !== field) return
    const all = options()
    const at = all.findIndex(option => option.getAttribute('aria-selected') === 'true')
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      select(all[(at + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length])
    } else if (event.key === 'Enter' || event.key === 'Tab') choose(all[at])
    else if (event.key === 'Escape') closeList()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
  document.addEventListener('focusout', event => { if (event.target === field) closeList() })
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-at]')
    if (!button) return
    field = $('[data-mention]', button.closest('form'))
    field.focus()
    const before = field.value.slice(0, field.selectionStart)
    field.setRangeText(/[\p{L}\p{N}_]$/u.test(before) ? ' @' : '@', field.selectionStart, field.selectionEnd, 'end')
    openList()
  })
})()
