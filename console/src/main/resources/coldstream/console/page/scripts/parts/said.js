const SHOWN_MILLIS = 8000;
let timer = 0;

/** Says something at the foot of the page for a few seconds, and to a screen reader. */
export function said(text) {
  const place = document.getElementById('said');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.classList.remove('shown');
    place.textContent = '';
  }, SHOWN_MILLIS);
}
