/* Choosing cards in the list: all at once, and how many there are. The form works without it. */
(() => {
  'use strict'
  const batch = document.getElementById('batch')
  if (!batch) return
  const boxes = () => [...document.querySelectorAll('.pick input')]
  const all = batch.querySelector('[data-all]')
  const said = batch.querySelector('[data-picked]')
  let last = null

  function show() {
    const picked = boxes().filter(box => box.checked).length
    said.textContent = said.dataset.picked.replace('#', picked)
    all.checked = picked === boxes().length
    all.indeterminate = picked > 0 && !all.checked
  }
  document.addEventListener('click', event => {
    const box = event.target.closest?.('.pick input')
    if (!box) return
    const every = boxes()
    if (event.shiftKey && last && every.includes(last)) {
      const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b)
      every.slice(from, to + 1).forEach(other => { other.checked = box.checked })
    }
    last = box
  })
  document.addEventListener('change', event => {
    if (event.target === all) boxes().forEach(box => { box.checked = all.checked })
    if (event.target === all || event.target.matches('.pick input')) show()
  })
  addEventListener('pageshow', show)
})()
