/* Keys of the plan's review. Comfort only: every act has its button, and the box under "?" turns keys off. */
(() => {
  'use strict'
  const $ = (selector, root = document) => root.querySelector(selector)
  const rows = () => [...document.querySelectorAll('#cards .xc')]
  const typing = element => element?.closest?.('input, textarea, select, [contenteditable]')
  let at = null // the id of the chosen row: rows are drawn anew, ids stay

  function choose(row) {
    if (!row) return
    document.querySelectorAll('.xc.sel').forEach(other => other.classList.remove('sel'))
    at = row.id
    row.classList.add('sel')
    row.scrollIntoView({ block: 'nearest' })
    row.focus({ preventScroll: true })
  }

  function step(by) {
    const all = rows()
    const here = all.findIndex(row => row.id === at)
    choose(here < 0 ? all[0] : all[here + by])
  }

  // A row that was drawn anew is still the chosen one; keys go on where they were.
  document.addEventListener('htmx:after:swap', event => {
    // After cards moved, the one it was about is open: it is to be seen.
    const target = event.detail?.ctx?.target // an element, or the selector an answer named
    if (target === '#review' || target?.id === 'review') $('.xc:has(.ed)')?.scrollIntoView({ block: 'nearest' })
    const row = at && document.getElementById(at)
    if (!row) return
    row.classList.add('sel')
    if (document.activeElement === document.body) row.focus({ preventScroll: true })
  })
  document.addEventListener('focusin', event => {
    const row = event.target.closest?.('#cards .xc')
    if (row && row.id !== at) {
      document.querySelectorAll('.xc.sel').forEach(other => other.classList.remove('sel'))
      at = row.id
      row.classList.add('sel')
    }
  })

  function edit(field) {
    if (!field) return
    field.focus()
    field.select?.()
  }

  // Merging needs the open row, which holds the button: open it first, press when it is there.
  async function merge(row) {
    if (!$('[data-merge]', row)) {
      const more = $('.more', row)
      if (!more) return
      await htmx.ajax('GET', more.getAttribute('hx-get'), { target: `#${row.id}`, swap: 'outerMorph' })
    }
    $(`#${row.id} [data-merge]`)?.click()
  }

  async function drop(row) {
    const back = $('.back', row)
    if (back) return back.click()
    const form = { csrf_token: row.csrf_token.value, dropped: 'yes' }
    await htmx.ajax('POST', row.getAttribute('hx-post'), { target: '#cards', swap: 'outerMorph', values: form })
  }

  function add() {
    const box = $('#them-viec')
    box.open = true
    $('textarea', box).focus()
  }
  document.addEventListener('click', event => {
    if (event.target.closest('[data-add]')) { event.preventDefault(); add() }
  })

  const acts = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: row => row && $('.more', row)?.click(),
    e: row => edit(row && $('.ttl', row)),
    d: row => edit(row && $('.due', row)),
    x: row => row && drop(row),
    m: row => row && merge(row),
    n: () => add(),
    z: () => $('#cards-notes [data-undo]')?.click(),
    '?': () => { const list = $('#keys'); list.open = !list.open; if (list.open) $('summary', list).focus() },
  }
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && event.target.closest?.('.xc')) return choose(event.target.closest('.xc'))
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $('#keys-off')?.checked) return
    if (event.key === 'Enter' && event.target.closest('a, button, summary')) return
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act || !$('#review')) return
    event.preventDefault()
    act(at && document.getElementById(at))
  })
})()
