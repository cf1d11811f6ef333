/* What others change appears by itself. Every part of a page that can be asked for again carries a ticket
   ([data-live]) and its address; the server answers 304 while nothing changed. Parts with [data-part] are morphed
   in place, except where a person is pointing, typing or dragging: those wait behind the sentence "n thay đổi mới". */
(() => {
  'use strict'
  const $ = (selector, root = document) => root.querySelector(selector)
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]

  // Milliseconds: between two questions, when nobody has touched the page for a while, and at most after failures.
  const OFTEN = 4000, SELDOM = 20000, RARELY = 60000, AWAY = 300000
  const mouse = matchMedia('(hover: hover)')
  const news = $('#news')
  let timer = null, failures = 0, touched = performance.now(), asking = false, waiting = null, own = false

  // --- Asking ---------------------------------------------------------------------------------------------
  function plan(soon) {
    clearTimeout(timer)
    if (document.hidden || !$('[data-live]')) return
    const idle = performance.now() - touched > AWAY
    const pause = failures ? Math.min(OFTEN * 2 ** failures, RARELY) : idle ? SELDOM : OFTEN
    timer = setTimeout(askAll, soon ? 0 : pause)
  }
  async function askAll() {
    if (asking) return
    asking = true
    try {
      for (const part of $$('[data-live]')) await ask(part)
      failures = 0
      own = false
      if (waiting) settle()
    } catch { failures += 1 }
    asking = false
    plan()
  }
  async function ask(part) {
    const answer = await fetch(part.dataset.address, {
      headers: { 'If-None-Match': `"${part.dataset.live}"`, 'HX-Request': 'true' }, redirect: 'manual',
    })
    if (answer.status === 304) {
      part.dataset.live = (answer.headers.get('ETag') || '').replace(/^W\/|"/g, '') || part.dataset.live
    } else if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (part.id === 'live') renew(page)
      else await renewCard(part, own)
    } else if (answer.status < 500) {
      part.removeAttribute('data-live')
      if (answer.status === 401) say(document.body.dataset.signedOut, () => location.reload())
    } else throw new Error(answer.status)
  }

  // --- The board and other lists ----------------------------------------------------------------------------
  function renew(page) {
    const fresh = $('#live', page)
    if (!fresh) return
    $('#live').dataset.live = fresh.dataset.live
    waiting = page
    settle(own)
  }
  function settle(whatever = false) {
    const page = waiting, held = whatever ? [] : $$('[data-part]').filter(isHeld)
    const kept = new Set(held.flatMap(part => cardsOf(part).map(card => card.id)))
    const late = new Set(held.flatMap(part => changedCards(part, page)))
    for (const part of $$('[data-part]')) {
      const fresh = page.getElementById(part.id)
      if (!fresh || held.includes(part) || (held.length && !part.matches('.cards'))) continue
      const shown = fresh.cloneNode(true)
      cardsOf(shown).filter(card => kept.has(card.id)).forEach(card => { late.add(card.id); card.remove() })
      if (!shown.isEqualNode(part)) htmx.swap({ text: shown.outerHTML, target: part, swap: 'outerMorph', sourceElement: document.body })
    }
    if (!held.length) waiting = null
    if (late.size) say(news.dataset.words.replace('#', late.size), () => { settle(true); point([...late]) })
    else if (!held.length || !news.hidden) news.hidden = true
  }
  const cardsOf = part => $$('[data-version]', part).filter(card => card.id)
  function changedCards(part, page) {
    const before = cardsOf(part), after = page.getElementById(part.id) ? cardsOf(page.getElementById(part.id)) : []
    const same = card => other => other.id === card.id && other.dataset.version === card.dataset.version
    const changed = [...after.filter(card => !before.some(same(card))), ...before.filter(card => !after.some(same(card)))]
    return changed.map(card => card.id)
  }
  function isHeld(part) {
    const opened = $('#drawer.over:not([hidden]) [data-live]')?.dataset.address.split('/').pop()
    return part.contains(document.activeElement) || $('.dragged, details[open]', part) || (opened && $(`#card-${opened}`, part)) ||
      (mouse.matches && $('[data-version]:hover', part)) || isTyped(part)
  }
  function point(ids) {
    const card = ids.map(id => document.getElementById(id)).find(Boolean)
    card?.scrollIntoView({ block: 'nearest' })
    $('a', card || document.createElement('i'))?.focus({ preventScroll: true })
  }

  // --- The open card ----------------------------------------------------------------------------------------
  const isTyped = root => $$('textarea, input:not([type=hidden])', root).some(field =>
    field.type === 'file' ? field.files.length : field.type === 'checkbox' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)
  async function renewCard(part, whatever = false) {
    const box = part.closest('#drawer')
    const busy = isTyped(box) || (box.contains(document.activeElement) && document.activeElement.matches('input, textarea, select'))
    part.removeAttribute('data-live')
    if (busy && !whatever) return say(news.dataset.card, () => renewCard(part, true))
    const opened = new Set($$('details[open]', box).map(nameOf))
    await htmx.ajax('GET', part.dataset.address, { target: '#drawer', swap: 'innerMorph' })
    $$('details', box).filter(it => opened.has(nameOf(it))).forEach(it => { it.open = true })
  }
  const nameOf = details => $('summary', details)?.textContent.trim()

  // --- The sentence -----------------------------------------------------------------------------------------
  function say(words, then) {
    if (!news || !words) return
    if ($('button', news).textContent !== words) $('button', news).textContent = words
    news.hidden = false
    news.onclick = () => { news.hidden = true; then() }
  }

  for (const kind of ['pointermove', 'keydown', 'touchstart']) {
    addEventListener(kind, () => {
      const was = performance.now() - touched > AWAY
      touched = performance.now()
      if (was) plan(true)
    }, { passive: true })
  }
  document.addEventListener('visibilitychange', () => plan(!document.hidden))
  // What somebody sent from here themselves surprises nobody: it is shown wherever they point.
  document.addEventListener('portal:ask', () => { own = true; plan(true) })
  addEventListener('online', () => { failures = 0; plan(true) })
  addEventListener('offline', () => clearTimeout(timer))
  plan()
})()
