import { html, nothing, render } from '../lit.js';
import { said } from './said.js';

/**
 * Opens a dialog over the page and closes it when it is done with. The browser keeps the focus inside and gives it back.
 *
 * @param title what it is about
 * @param body a function of {close, draw} that gives the template
 */
export function open(title, body, wide = false) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.className = wide ? 'wide' : '';
  const close = () => dialog.close();
  const draw = () => render(html`<header>
      <h2 id="dialog-title">${title}</h2>
      <button type="button" class="plain" aria-label="Close" @click=${close}>✕</button>
    </header>
    <div class="dialog-body">${body({ close, draw })}</div>`, dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => event.target === dialog && close());
  document.getElementById('dialogs').append(dialog);
  draw();
  dialog.showModal();
  return { close, draw };
}

/**
 * Asks for a token and for words typed by hand before something is done that users will feel.
 *
 * @param title what will be done
 * @param about a template that says what follows from it
 * @param words what has to be typed, or null where typing is not asked for
 * @param label the button
 * @param asksWhy whether a reason may be given
 * @param number one more question, of a number that may stay empty: {label, hint, min, max}; null for none
 * @param act does it: gets {token, why, number, confirm}, each as it was typed; its promise gives the sentence to say when it is done
 */
export function confirm({ title, about, words, label, asksWhy = true, number = null, act }) {
  const state = { token: '', why: '', number: '', typed: '', busy: false, error: null };
  const set = name => event => {
    state[name] = event.target.value;
    shown.draw();
  };
  const ready = () => !state.busy && (words === null || state.typed.trim() === words);
  const submit = async event => {
    event.preventDefault();
    if (!ready()) {
      return;
    }
    Object.assign(state, { busy: true, error: null });
    shown.draw();
    try {
      const done = await act({ token: state.token, why: state.why, number: state.number, confirm: state.typed.trim() });
      shown.close();
      said(done);
    } catch (failure) {
      Object.assign(state, { busy: false, error: failure });
      shown.draw();
    }
  };
  const shown = open(title, ({ close }) => html`<form @submit=${submit}>
    <div>${about}</div>
    ${asksWhy ? html`<label for="ask-why">Why <span class="quiet">(goes into the audit)</span></label>
      <input id="ask-why" autocomplete="off" .value=${state.why} @input=${set('why')} />` : nothing}
    ${number === null ? nothing : html`<label for="ask-number">${number.label} <span class="quiet">(${number.hint})</span></label>
      <input id="ask-number" type="number" step="any" min=${number.min} max=${number.max} .value=${state.number} @input=${set('number')} />`}
    <label for="ask-token">Token <span class="quiet">(sent once, kept nowhere)</span></label>
    <input id="ask-token" type="password" autocomplete="off" .value=${state.token} @input=${set('token')} />
    ${words === null ? nothing : html`<label for="ask-words">Type <code>${words}</code> to confirm</label>
      <input id="ask-words" autocomplete="off" spellcheck="false" .value=${state.typed} @input=${set('typed')} />`}
    ${state.error === null ? nothing : html`<p class="failure" role="alert">${state.error.message}</p>`}
    <div class="dialog-end">
      <button type="button" @click=${close}>Cancel</button>
      <button type="submit" class="primary" ?disabled=${!ready()}>${state.busy ? 'One moment' : label}</button>
    </div>
  </form>`);
  return shown;
}
