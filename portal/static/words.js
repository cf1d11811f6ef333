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
})()
