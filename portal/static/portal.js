/* The few lines of JavaScript of our own. Everything here is comfort: every form works without it. */
(() => {
  'use strict'
  document.documentElement.classList.add('js')
  const $ = (selector, root = document) => root.querySelector(selector)
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]
  const wide = matchMedia('(min-width: 992px)')

  // --- The drawer: a card's page over the board, on wide screens -----------------------------------------
  const drawer = $('#drawer.over')
  let boardAddress = null
  let boardIsStale = false

  async function openDrawer(address) {
    if (!boardAddress) boardAddress = location.href
    await htmx.ajax('GET', address, { target: '#drawer', swap: 'innerHTML' })
    drawer.hidden = false
    document.body.classList.add('has-drawer')
    history.pushState({ drawer: true }, '', address)
    $('#ten-viec', drawer)?.setAttribute('tabindex', '-1')
    $('#ten-viec', drawer)?.focus()
    if (address.includes('#tra-lai')) openReturn()
  }

  function openReturn() {
    const box = $('#tra-lai')
    if (box) { box.open = true; $('textarea', box).focus() }
  }

  async function closeDrawer(push = true) {
    if (!drawer || drawer.hidden) return
    const number = $('.drawer', drawer) && location.pathname.split('/').pop()
    drawer.hidden = true
    drawer.replaceChildren()
    document.body.classList.remove('has-drawer')
    if (push) history.pushState({}, '', boardAddress)
    if (boardIsStale) await htmx.ajax('GET', boardAddress, { target: '#board', select: '#board', swap: 'outerMorph' })
    if (boardIsStale) document.dispatchEvent(new Event('portal:ask')) // the counts above the board, too
    boardIsStale = false
    boardAddress = null
    $(`#card-${number} h3 a`)?.focus()
  }

  document.addEventListener('click', event => {
    const link = event.target.closest('a')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !plain) return
    if (drawer && link.matches('[data-close]')) { event.preventDefault(); closeDrawer() }
    else if (drawer && wide.matches && link.matches('#board a[href*="/cards/"], #drawer a[data-drawer]')) {
      event.preventDefault(); openDrawer(link.getAttribute('href'))
    }
  })
  addEventListener('popstate', () => { if (drawer && !drawer.hidden) closeDrawer(false); else if (drawer) location.reload() })
  drawer?.addEventListener('click', event => { if (event.target === drawer) closeDrawer() })
  drawer?.addEventListener('submit', () => { boardIsStale = true })
  if (location.hash === '#tra-lai') openReturn()

  // --- The board: counts that follow a move, drag and drop, keys -----------------------------------------
  document.addEventListener('htmx:after:swap', () => {
    for (const total of $$('[data-total]')) {
      for (const shown of $$(`[data-count="${total.dataset.total}"]`)) shown.textContent = total.textContent
    }
  })

  // The buttons of all cards share one form (see _act_form.html); where it goes, the pressed button says.
  function act(address, values) {
    const form = $('#act')
    return htmx.ajax('POST', address, { source: form, target: '#toast', swap: 'none', values: { csrf_token: form.csrf_token.value, ...values } })
  }
  document.addEventListener('submit', event => {
    const button = event.submitter
    if (event.target.id !== 'act' || !button?.hasAttribute('formaction')) return
    event.preventDefault()
    if (button.getAttribute('aria-busy')) return
    button.setAttribute('aria-busy', 'true')
    act(button.getAttribute('formaction'), button.name ? { [button.name]: button.value } : {})
      .finally(() => button.removeAttribute('aria-busy'))
  })
  const move = (card, state) => act(`${$('h3 a', card).getAttribute('href')}/state`, { state, from: 'board' })

  let dragged = null
  document.addEventListener('dragstart', event => {
    dragged = event.target.closest?.('[data-moves] .task[draggable]')
    if (dragged) { event.dataTransfer.effectAllowed = 'move'; dragged.classList.add('dragged') }
  })
  document.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged'); dragged = null
    $$('.col.over').forEach(column => column.classList.remove('over'))
  })
  document.addEventListener('dragover', event => {
    const column = dragged && event.target.closest?.('.col')
    $$('.col.over').forEach(other => other.classList.toggle('over', other === column))
    if (column) { event.preventDefault(); column.classList.add('over') }
  })
  document.addEventListener('drop', event => {
    const column = dragged && event.target.closest?.('.col')
    if (!column) return
    event.preventDefault()
    const state = column.dataset.state
    if (dragged.closest('.col') !== column) move(dragged, state)
  })

  const typing = element => element?.closest?.('input, textarea, select, [contenteditable]')
  const keysOff = $('#keys-off')
  if (keysOff) {
    keysOff.checked = localStorage.getItem('keys-off') === '1'
    keysOff.addEventListener('change', () => localStorage.setItem('keys-off', keysOff.checked ? '1' : '0'))
  }
  const selected = () => $('.task.sel')
  function select(card) {
    selected()?.classList.remove('sel')
    card?.classList.add('sel')
    card?.scrollIntoView({ block: 'nearest' })
    $('h3 a', card || document.createElement('i'))?.focus({ preventScroll: true })
  }
  function step(key) {
    const here = selected()
    if (!here) return select($('.col .task'))
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const next = key === 'ArrowDown' ? here.nextElementSibling : here.previousElementSibling
      if (next?.matches('.task')) select(next)
      return
    }
    const columns = $$('.col')
    const at = columns.indexOf(here.closest('.col')) + (key === 'ArrowRight' ? 1 : -1)
    for (let i = at; columns[i]; i += key === 'ArrowRight' ? 1 : -1) {
      const card = $('.task', columns[i])
      if (card) return select(card)
    }
  }
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && drawer && !drawer.hidden) return closeDrawer()
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keysOff?.checked) return
    if (event.key === '/' && $('#q')) { event.preventDefault(); $('#q').focus() }
    else if (!$('.cols') || (drawer && !drawer.hidden)) return
    else if (event.key.startsWith('Arrow')) { event.preventDefault(); step(event.key) }
    else if (event.key.toLowerCase() === 'n' && $('#them-viec')) {
      event.preventDefault(); $('#them-viec').open = true; $('#them-viec textarea').focus()
    } else if ('1234'.includes(event.key) && selected()?.closest('[data-moves]')) move(selected(), $$('.col')[event.key - 1].dataset.state)
    else if (event.key.toLowerCase() === 'z') $('#toast [data-undo]')?.click()
    else if (event.key.toLowerCase() === 'r') selected()?.querySelector('[formaction*="/reminder"]')?.click()
    else if (event.key === '?') { event.preventDefault(); keysOff?.closest('.keys').scrollIntoView({ block: 'nearest' }); keysOff?.focus({ preventScroll: true }) }
  })

  // On a phone the tab follows the swiped column.
  const columns = $('.cols')
  if (columns && !wide.matches) {
    const tabs = $$('.tabs a')
    const watch = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) {
        for (const tab of tabs) tab.toggleAttribute('aria-current', tab.hash === `#${entry.target.id}`)
      }
    }, { root: columns, threshold: 0.6 })
    $$('.col', columns).forEach(column => watch.observe(column))
  }

  // --- Small comforts ------------------------------------------------------------------------------------
  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit()
    const label = event.target.matches('input[type=file]') && $('[data-files]', event.target.parentElement)
    if (label && event.target.files.length) label.textContent = label.dataset.files.replace('#', event.target.files.length)
  })
  document.addEventListener('click', event => {
    const chip = event.target.closest('[data-fill]')
    if (chip) { const area = $('textarea', chip.closest('form')); area.value = chip.dataset.fill; area.focus() }
  })
  const toast = $('#toast')
  let fading = null
  if (toast) new MutationObserver(() => {
    clearTimeout(fading)
    fading = setTimeout(() => { if (!toast.matches(':hover, :focus-within')) toast.replaceChildren() }, 10000)
  }).observe(toast, { childList: true })

  // What was typed stays when the network or the server fails; only a sentence is shown.
  document.addEventListener('htmx:error', event => {
    if (toast && event.detail?.ctx?.response === undefined) toast.textContent = document.body.dataset.offline
  })
})()
