import { html, nothing, repeat } from '../lit.js';
import { count, fixed, percent, seconds, signed, words } from '../format.js';
import { Resource } from '../state.js';
import { drawn } from '../parts/drawn.js';
import { bar } from '../parts/marks.js';

/** One user: what they did, what the language model said of them, and what they are shown, before and after its guidance. */
export function startUser(place) {
  const state = { typed: new URLSearchParams(location.search).get('user') ?? '', asked: '' };
  const user = new Resource(() => `api/users/${encodeURIComponent(state.asked)}`);
  const ask = event => {
    event?.preventDefault();
    if (state.typed.trim() === '') {
      return;
    }
    if (state.asked !== state.typed.trim()) {
      user.value = null;
    }
    state.asked = state.typed.trim();
    const query = new URLSearchParams(location.search);
    query.set('user', state.asked);
    history.replaceState(null, '', `?${query}${location.hash}`);
    user.load();
  };
  const draw = drawn(place, () => html`<div class="panel">
    <header class="panel-head"><div><h2>One user</h2>
      <p class="quiet small">History, stored scores, profile, and what is recommended with and without the language model.</p></div>
      <form class="tools" role="search" @submit=${ask}>
        <label for="user-id" class="visually-hidden">User id</label>
        <input id="user-id" type="search" placeholder="User id" autocomplete="off" spellcheck="false" .value=${state.typed} @input=${event => { state.typed = event.target.value; }} />
        <button type="submit" class="primary">Look up</button>
      </form></header>
    ${content(user, state)}</div>`);
  user.listen(draw);
  ask();
}

function content(user, { asked }) {
  if (asked === '') {
    return html`<p class="empty">Give the id of a user to see what the system knows of them, and why they see what they see.</p>`;
  }
  if (user.error !== null) {
    return html`<div class="failure" role="alert"><p><b>${asked} could not be looked up.</b> ${user.error.message}</p>
      <button type="button" @click=${() => user.load()}>Try again</button></div>`;
  }
  if (user.value === null) {
    return html`<div class="skeleton" aria-busy="true"><span class="visually-hidden">Loading</span><i></i><i></i><i></i></div>`;
  }
  return body(user.value);
}

const body = value => html`
  ${(value.problems ?? []).map(each => html`<p class="notice warn">${each.part} did not answer: ${each.message}</p>`)}
  ${value.known === false ? html`<p class="notice">Nothing is known of ${value.user} yet: they are shown what a newcomer is shown.</p>` : nothing}
  <div class="user-columns"><div>${recommendations(value)}</div>
    <div class="user-side">${past(value.state)}${profile(value.profile)}${scores(value.stored_scores)}</div></div>`;

const name = each => html`${each.title ?? each.item}${each.title ? html` <span class="quiet small">${each.item}</span>` : nothing}`;

function recommendations({ recommendations: list, guidance, model, strategy, degraded }) {
  if (!list) {
    return nothing;
  }
  return html`<h3>Recommended now <span class="quiet small">${model ? `version ${model.version}` : ''}${strategy ? `, ${words(strategy)}` : ''}${degraded ? ', without the user’s state' : ''}</span></h3>
    ${guidance ? html`<p class="quiet small">Guidance moved ${count(guidance.moved)} of ${count(guidance.compared)} items compared.</p>` : nothing}
    ${list.length === 0 ? html`<p class="empty">Nothing to recommend.</p>` : html`<ol class="recommendations">${repeat(list, each => each.item, recommendation)}</ol>`}`;
}

function recommendation(each) {
  const before = each.rank_without_guidance;
  const moved = before === undefined ? 0 : before - each.rank;
  const movement = moved > 0 ? ['good', `▲ ${moved}`, `up ${moved} by guidance`] : moved < 0 ? ['bad', `▼ ${-moved}`, `down ${-moved} by guidance`] : ['', '=', 'the same without guidance'];
  return html`<li data-item=${each.item}><span class="rank">${each.rank}</span>
    <p>${name(each)} ${(each.categories ?? []).length > 0 ? html`<span class="quiet small">· ${each.categories.join(', ')}</span>` : nothing}</p>
    ${before === undefined ? html`<span></span>` : html`<span class="badge ${movement[0]}" title=${`place ${before} without guidance`}><span aria-hidden="true">${movement[1]}</span><span class="visually-hidden">${movement[2]}</span></span>`}
    <span class="number"><b>${percent(each.probability, 1)}</b></span>
    <details><summary>Why</summary>${reasons(each)}</details></li>`;
}

function reasons(each) {
  const parts = [
    { name: 'without guidance', moved: each.score_without_guidance, whole: true },
    { name: 'guidance of the language model', moved: each.guidance, whole: true },
    ...(each.fields ?? []).map(field => ({ name: words(field.field), moved: field.moved })),
    ...(each.history ?? []).map(item => ({ name: `after ${item.title ?? item.item}`, moved: item.moved })),
  ].filter(part => part.moved !== undefined && part.moved !== null);
  const most = Math.max(1e-9, ...parts.map(part => Math.abs(part.moved)));
  return html`<table class="moves"><caption class="visually-hidden">What moved the score of ${each.title ?? each.item}</caption>
    <tbody>${parts.map(part => html`<tr><th scope="row">${part.name}</th><td>${bar(Math.abs(part.moved) / most, part.moved < 0 ? 'bad' : '')}</td><td class="number">${part.whole && part.name.startsWith('without') ? fixed(part.moved) : signed(part.moved)}</td></tr>`)}
    ${each.stored_score === undefined ? nothing : html`<tr><th scope="row">stored score of the language model</th><td>${bar(each.stored_score)}</td><td class="number">${fixed(each.stored_score, 2)}</td></tr>`}</tbody></table>`;
}

const past = state => (state === undefined ? nothing : html`<h3>History <span class="quiet small">${count(state.count)} taken${state.negatives > 0 ? `, ${count(state.negatives)} passed over` : ''}</span></h3>
  ${(state.history ?? []).length === 0 ? html`<p class="empty">No events yet.</p>` : html`<ol class="past" tabindex="0" aria-label="History, newest first">${[...state.history].reverse().map(each => html`<li>${name(each)}</li>`)}</ol>`}`);

const profile = told => (told === undefined ? nothing : html`<h3>Taste profile <span class="quiet small">${told.model}, ${seconds(told.age_seconds)} old</span></h3><p class="told">${told.text}</p>`);

const scores = list => (list === undefined ? nothing : html`<h3>Stored scores <span class="quiet small">by the language model</span></h3>
  ${list.length === 0 ? html`<p class="empty">None is stored, or all have expired.</p>` : html`<ul class="stored" tabindex="0" aria-label="Stored scores">${list.map(each => html`<li data-scored=${each.item}>
    <span>${name(each)}</span>${bar(each.score)}<b class="number">${fixed(each.score, 2)}</b><span class="quiet small nowrap">${seconds(each.age_seconds)} old</span></li>`)}</ul>`}`);
