import { html, nothing } from '../lit.js';
import { drawn } from '../parts/drawn.js';

/** Says whether the page is live, and when it tries again. */
export function startConnection(place, stream) {
  let shown = { state: 'connecting' };
  const draw = drawn(place, () => template(shown, stream));
  setInterval(() => shown.state === 'waiting' && draw(), 1000);
  return state => {
    shown = state;
    document.body.dataset.connection = state.state;
    draw();
  };
}

function template({ state, retryAt }, stream) {
  if (state === 'live') {
    return html`<span class="dot good"></span><span role="status">Live</span>`;
  }
  if (state === 'connecting') {
    return html`<span class="dot"></span><span role="status">Connecting</span>`;
  }
  const wait = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  return html`<span class="dot bad"></span><span role="status">Not live</span>
    <span class="quiet wide-only" aria-hidden="true">${wait > 0 ? `again in ${wait} s` : nothing}</span>
    <button type="button" class="plain" @click=${() => stream().connect()}>Connect now</button>`;
}
