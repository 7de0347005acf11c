import { html, nothing } from '../lit.js';
import { clock } from '../format.js';

/**
 * A panel with its heading and what an answer can be: not here yet, failed, empty, known, and known but no longer fresh.
 *
 * @param parts title; note, one line on what is seen; tools, beside the heading; resource; empty, null or what to say where
 *     there is nothing to see; body, a function of the answer
 */
export function panel({ title, note = nothing, tools = nothing, resource, empty = () => null, body, lines = 4 }) {
  return html`<div class="panel" aria-busy=${resource.loading && resource.value === null}>
    <header class="panel-head">
      <div>
        <h2>${title}</h2>
        <p class="quiet small">${note}</p>
      </div>
      <div class="tools">${resource.value === null ? nothing : tools}</div>
    </header>
    ${content(resource, empty, body, lines)}
  </div>`;
}

function content(resource, empty, body, lines) {
  if (resource.value === null) {
    return resource.error === null ? skeleton(lines) : failure(resource);
  }
  const nothingThere = empty(resource.value);
  return html`${resource.error === null ? nothing : stale(resource)}${nothingThere === null ? body(resource.value) : html`<p class="empty">${nothingThere}</p>`}`;
}

const skeleton = lines => html`<div class="skeleton"><span class="visually-hidden">Loading</span>${Array.from({ length: lines }, () => html`<i></i>`)}</div>`;

const failure = resource => html`<div class="failure" role="alert">
  <p><b>This could not be read.</b> ${resource.error.message}</p>
  <button type="button" @click=${() => resource.load()}>Try again</button>
</div>`;

const stale = resource => html`<div class="stale" role="status">
  <p>As known at ${clock(resource.at)}: ${resource.error.message}</p>
  <button type="button" @click=${() => resource.load()}>Try again</button>
</div>`;

/** Buttons of which one is pressed. Choices are [key, label] pairs. */
export const choice = (label, choices, chosen, choose) => html`<div class="choice" role="group" aria-label=${label}>
  ${choices.map(([key, name]) => html`<button type="button" aria-pressed=${key === chosen} @click=${() => choose(key)}>${name}</button>`)}
</div>`;
