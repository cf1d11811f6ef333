/* Files are sent one by one, each with its progress; without this the form sends them together. */
(() => {
  'use strict'

  function line(list, file) {
    const item = document.createElement('li')
    const [name, state, bar] = ['span', 'span', 'progress'].map(tag => document.createElement(tag))
    name.className = 'name'; name.textContent = file.name
    state.className = 'mut num'
    bar.max = 100; bar.value = 0; bar.setAttribute('aria-label', file.name)
    item.append(name, state, bar)
    list.append(item)
    return { item, state, bar }
  }

  // The server says why in the page it answers with; that sentence stands beside the file.
  function reason(answer, box) {
    const page = new DOMParser().parseFromString(answer, 'text/html')
    return page.querySelector('[role=alert]')?.textContent.trim() || box.dataset.refusal
  }

  // What the answer tells in its toast; a name or caption that was masked is said there and must be read.
  function told(answer) {
    const page = new DOMParser().parseFromString(answer, 'text/html')
    return page.querySelector('[hx-target="#toast"] .row-c')?.textContent.trim() || ''
  }

  function send(form, file, shown, box) {
    return new Promise(resolve => {
      const body = new FormData(form)
      body.delete('files')
      body.append('files', file)
      const request = new XMLHttpRequest()
      request.open('POST', form.action)
      request.setRequestHeader('HX-Request', 'true')
      request.upload.onprogress = event => {
        if (!event.lengthComputable) return
        shown.bar.value = Math.round(100 * event.loaded / event.total)
        shown.state.textContent = `${shown.bar.value} %`
      }
      const failed = why => {
        shown.bar.remove(); shown.state.textContent = ''
        const told = document.createElement('span')
        told.className = 'why is-late ct'; told.setAttribute('role', 'alert'); told.textContent = why
        shown.item.append(told)
        resolve(false)
      }
      request.onload = () => {
        if (request.status >= 400) return failed(reason(request.responseText, box))
        shown.bar.value = 100; shown.state.textContent = box.dataset.done
        shown.told = told(request.responseText)
        resolve(true)
      }
      request.onerror = request.ontimeout = () => resolve(null)
      request.send(body)
    })
  }

  // Without a connection the whole form goes the ordinary way, which keeps it until there is one (unsent.js); what
  // got through before is known to the server and not taken twice.
  function leave(form, box, list) {
    list.replaceChildren()
    box.removeAttribute('aria-busy')
    form.dataset.together = ''
    form.requestSubmit()
    delete form.dataset.together
  }

  async function sendAll(form, box) {
    const files = [...form.querySelectorAll('input[type=file]')].flatMap(input => [...input.files])
    if (!files.length || box.getAttribute('aria-busy')) return
    box.setAttribute('aria-busy', 'true')
    const list = box.querySelector('.sent')
    list.replaceChildren()
    const lines = files.map(file => line(list, file))
    const sent = []
    for (const [at, file] of files.entries()) {
      sent.push(await send(form, file, lines[at], box))
      if (sent.at(-1) === null) return leave(form, box, list)
    }
    box.removeAttribute('aria-busy')
    form.reset()
    const refused = lines.filter((_shown, at) => !sent[at]).map(shown => shown.item)
    if (sent.some(Boolean)) {
      const drawer = box.closest('#drawer')
      await htmx.ajax('GET', box.dataset.uploads, { target: drawer, swap: 'innerMorph' })
      drawer.querySelector('.sent')?.replaceChildren(...refused)
      const said = lines.map(shown => shown.told || '').reduce((one, other) => other.length > one.length ? other : one, '')
      if (said) document.querySelector('#toast').textContent = said
    }
  }

  const boxOf = element => element.closest?.('[data-uploads]')
  document.addEventListener('submit', event => {
    const box = boxOf(event.target)
    if (!box || 'together' in event.target.dataset || event.target.enctype !== 'multipart/form-data') return
    if (![...event.target.querySelectorAll('input[type=file]')].some(input => input.files.length)) return
    event.preventDefault(); event.stopImmediatePropagation()
    sendAll(event.target, box)
  }, true)
  document.addEventListener('change', event => {
    if (event.target.matches('[data-at-once]') && event.target.files.length) sendAll(event.target.form, boxOf(event.target))
  })
})()
