/* The offline moment: a press of a state's button or a photo that could not be sent is kept on this device
   (IndexedDB), shown, and sent once when the connection is back. Every press has a name of its own, so that the
   server knows one that arrives twice; it also names the person, and is never sent for anybody else. */
(() => {
  'use strict'
  const box = document.querySelector('#unsent')
  if (!box || !window.indexedDB) return
  const words = box.dataset, person = words.person
  const KEPT = /\/cards\/(\d+)\/(state|acceptance|evidence)(\?|$)/
  const DAYS = 7 * 86400000, SOON = 1000, AGAIN = 8000
  let mine = [], sending = false, timer = null, wait = SOON

  // --- The device -------------------------------------------------------------------------------------------
  function inStore(mode, act) {
    return new Promise((done, failed) => {
      const opening = indexedDB.open('chung-tay', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('unsent', { keyPath: 'press' })
      opening.onerror = () => failed(opening.error)
      opening.onsuccess = () => {
        const change = opening.result.transaction('unsent', mode)
        const asked = act(change.objectStore('unsent'))
        change.oncomplete = () => { opening.result.close(); done(asked.result) }
        change.onabort = () => failed(change.error)
      }
    })
  }
  const put = item => inStore('readwrite', store => store.put(item))
  const remove = item => inStore('readwrite', store => store.delete(item.press))
  async function look() {
    const all = await inStore('readonly', store => store.getAll())
    for (const old of all.filter(item => Date.now() - item.at > DAYS)) await remove(old)
    mine = all.filter(item => item.person === person && Date.now() - item.at <= DAYS).sort((a, b) => a.at - b.at)
    show()
  }

  // --- What is sent, and what did not get through -----------------------------------------------------------
  document.addEventListener('htmx:config:request', event => {
    const { request } = event.detail.ctx
    if (request.method === 'POST' && KEPT.test(request.action)) request.body.set('press', `${person}.${crypto.randomUUID()}`)
  })
  async function keep(ctx) {
    const { request, sourceElement, sourceEvent } = ctx
    if (request.method !== 'POST' || !KEPT.test(request.action)) return
    const fields = [...request.body.entries()].filter(([name]) => name !== 'csrf_token')
    const button = request.submitter || sourceEvent?.submitter || pressed || sourceElement
    const item = { press: fields.find(([name]) => name === 'press')[1], person, address: request.action, fields, at: Date.now(), words: button.innerText.trim().split('\n')[0] }
    const same = other => other.address === item.address && other.words === item.words && !/evidence/.test(item.address)
    for (const older of mine.filter(same)) await remove(older)
    await put(item)
    document.querySelector('#toast').replaceChildren()
    await look()
  }
  let pressed = null
  document.addEventListener('submit', event => { pressed = event.submitter }, true)
  document.addEventListener('htmx:error', event => { if (!event.detail.ctx?.response) keep(event.detail.ctx) })
  document.addEventListener('htmx:response:error', event => {
    if ([502, 503, 504].includes(event.detail.ctx.response.status)) keep(event.detail.ctx)
  })

  // --- Sending again ----------------------------------------------------------------------------------------
  async function sendAll() {
    if (sending || !navigator.onLine) return
    sending = true
    try {
      const send = async () => { await look(); await sendEach(mine.filter(item => !item.why)) }
      await (navigator.locks ? navigator.locks.request('unsent', send) : send())
      wait = SOON
    } catch { wait = Math.min(2 * wait, AGAIN) } // The connection is still away: nothing was taken off the device.
    sending = false
    await look()
  }
  async function sendEach(items) {
    let sent = 0
    try {
      for (const item of items) sent += await send(item)
    } finally {
      if (sent) {
        document.querySelector('#toast').textContent = words.sent.replace('#', sent)
        document.dispatchEvent(new Event('portal:ask'))
      }
    }
  }
  async function send(item) {
    const body = new FormData()
    for (const [name, value] of item.fields) if (name !== 'from') body.append(name, value)
    body.set('csrf_token', document.querySelector('input[name=csrf_token]').value)
    const answer = await fetch(item.address.replace(/([?&])from=board&?/, '$1'), { method: 'POST', body, headers: { 'HX-Request': 'true' } })
    if (answer.ok) { await remove(item); empty(item); return 1 }
    if (answer.status >= 500 || answer.status === 401 || answer.status === 400) throw new Error(answer.status)
    await put({ ...item, ...told(await answer.text()) })
    return 0
  }
  // The form it came from, if it is still on the page, holds nothing unsent any more.
  function empty(item) {
    for (const form of document.forms) if (form.getAttribute('action') === item.address) form.reset()
  }
  // What the server says instead: why it was not taken, how the card stands now, and in which version.
  function told(text) {
    const page = new DOMParser().parseFromString(text, 'text/html')
    const read = selector => page.querySelector(selector)?.textContent.trim()
    return {
      why: read('[role=alert] > span') || page.body.textContent.trim() || words.refused,
      now: read('.drawer > header .st') || '',
      version: page.querySelector('input[name=version]')?.value,
    }
  }
  async function insist(item) {
    const fields = item.fields.filter(([name]) => name !== 'version')
    if (item.version) fields.push(['version', item.version])
    const address = item.version ? item.address.replace(/version=\d+/, `version=${item.version}`) : item.address
    await put({ press: item.press, person, address, fields, at: item.at, words: item.words })
    await sendAll()
  }

  // --- What people see --------------------------------------------------------------------------------------
  function element(name, text, values = {}) {
    const made = Object.assign(document.createElement(name), values)
    made.textContent = text
    return made
  }
  function described(item) {
    const texts = item.fields.filter(([name, value]) => typeof value === 'string' && ['reason', 'result', 'note'].includes(name) && value.trim())
    const files = item.fields.filter(([, value]) => value instanceof File && value.name)
    return [words.card.replace('#', item.address.match(KEPT)[1]), `“${item.words}”`,
      ...texts.map(([, value]) => `“${value.trim()}”`), ...(files.length ? [words.files.replace('#', files.length)] : [])].join(' · ')
  }
  function line(item) {
    const shown = document.createElement('li')
    const time = new Date(item.at).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })
    shown.append(element('span', item.why ? `${words.mine}: ${described(item)} · ${time}` : `${described(item)} · ${time}`))
    if (item.why) {
      shown.append(element('b', item.now ? `${words.theirs}: ${item.now}. ${item.why}` : item.why))
      const open = element('a', words.look, { className: 'btn sml', href: item.address.replace(/\/(state|acceptance|evidence).*$/, '') })
      const again = element('button', words.again, { className: 'btn sml', type: 'button', onclick: () => insist(item) })
      const drop = element('button', words.drop, { className: 'btn sml', type: 'button', onclick: async () => { await remove(item); await look() } })
      const acts = element('span', '', { className: 'row-c wrap' })
      acts.append(open, again, drop)
      shown.append(acts)
    }
    return shown
  }
  function show() {
    box.hidden = !mine.length
    box.querySelector('ul').replaceChildren(...mine.map(line))
    const waits = mine.some(item => !item.why), said = box.querySelector('p'), text = waits ? words.offline : words.refused
    if (said.textContent !== text) said.textContent = text
    box.querySelector(':scope > button').hidden = !waits
    clearTimeout(timer)
    if (waits && !document.hidden) timer = setTimeout(sendAll, wait)
  }
  box.querySelector(':scope > button').addEventListener('click', sendAll)
  // A device says it is online a moment before anything gets through.
  addEventListener('online', () => { wait = SOON; sendAll() })
  document.addEventListener('visibilitychange', () => { if (!document.hidden && mine.length) sendAll() })

  // Whoever signs out takes what is unsent off this device, knowingly.
  document.addEventListener('submit', event => {
    if (!event.target.action?.endsWith('/logout') || !mine.length) return
    event.preventDefault()
    if (!confirm(words.leave.replace('#', mine.length))) return
    Promise.all(mine.map(remove)).finally(() => event.target.submit())
  })
  look().then(() => { if (mine.length) sendAll() })
})()
