/* The button that prints: shown only where a script can press it. */
(() => {
  'use strict'
  const button = document.querySelector('[data-print]')
  if (!button) return
  button.hidden = false
  button.addEventListener('click', () => print())
})()
