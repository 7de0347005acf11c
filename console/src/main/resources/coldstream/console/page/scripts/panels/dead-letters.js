import { html, nothing, repeat } from '../lit.js';
import { act } from '../api.js';
import { ago, count, moment, title } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { confirm } from '../parts/dialog.js';
import { bar } from '../parts/marks.js';
import { panel } from '../parts/panel.js';

/** Events carry no letters: those that are known stay until they are asked for again. */
export const mergeDeadLetters = (known, news) => ({ ...known, ...news, letters: news.letters ?? known.letters });

const reason = name => title(String(name).toLowerCase());

/** What could not be processed: how much of it, why, its content, and another try. */
export function startDeadLetters(place, letters) {
  const state = { topic: '', reason: '', chosen: new Set() };
  letters.path = () => {
    const query = new URLSearchParams(Object.entries({ topic: state.topic, reason: state.reason }).filter(([, value]) => value !== ''));
    return `api/dead-letters${query.size > 0 ? `?${query}` : ''}`;
  };
  const actions = {
    filter: (topic, why) => {
      const same = state.topic === topic && state.reason === why;
      Object.assign(state, { topic: same ? '' : topic, reason: same ? '' : why, chosen: new Set() });
      letters.load();
    },
    choose: id => {
      state.chosen.has(id) ? state.chosen.delete(id) : state.chosen.add(id);
      draw();
    },
    replay: () => askReplay([...state.chosen], () => {
      state.chosen = new Set();
      letters.load();
    }),
  };
  const draw = drawn(place, () => panel({
    title: 'Dead letters',
    note: 'Records nobody could process, kept with their bytes and the reason.',
    tools: html`<button type="button" ?disabled=${state.chosen.size === 0} @click=${actions.replay}>
      ${state.chosen.size === 0 ? 'Replay chosen' : `Replay ${state.chosen.size}`}</button>
      <button type="button" class="plain" @click=${() => letters.load()}>Read again</button>`,
    resource: letters,
    empty: value => (value.total === 0 && (value.letters ?? []).length === 0 ? 'Nothing lies here. Every record was processed.' : null),
    body: value => body(value, state, actions),
    lines: 3,
  }));
  letters.listen(draw);
}

function body(value, state, actions) {
  const most = Math.max(1, ...(value.topics ?? []).flatMap(topic => (topic.reasons ?? []).map(each => each.count)));
  return html`<ul class="reasons">${(value.topics ?? []).flatMap(topic => (topic.reasons ?? []).map(each => html`<li>
      <button type="button" class="plain" aria-pressed=${state.topic === topic.topic && state.reason === each.reason} @click=${() => actions.filter(topic.topic, each.reason)}>
        <span class="reason-name">${reason(each.reason)} <span class="quiet small">${topic.topic}</span></span>
        <span class="reason-bar">${bar(each.count / most, 'bad')}</span>
        <b>${count(each.count)}</b>
        <span class="quiet small">${each.replayed > 0 ? `${count(each.replayed)} replayed, ` : ''}newest ${ago(each.newest)}</span>
      </button>
    </li>`))}</ul>
    <ul class="letters">${repeat(value.letters ?? [], each => each.id, each => letter(each, state, actions))}</ul>
    ${value.more ? html`<p class="quiet small">These are the newest ${count(value.letters.length)}; older ones by <code>coldstream dlq list</code>.</p>` : nothing}`;
}

const letter = (each, { chosen }, { choose }) => html`<li class="letter" data-letter=${each.id}>
  <input type="checkbox" aria-label="Choose ${each.id}" .checked=${chosen.has(each.id)} @change=${() => choose(each.id)} />
  <details>
    <summary><span class="badge bad">${reason(each.reason)}</span> <span class="letter-message">${each.message}</span>
      ${each.replayed ? html`<span class="badge accent">replayed ${ago(each.replayed)}</span>` : nothing}
      <span class="quiet small nowrap" title=${moment(each.time)}>${ago(each.time)}</span></summary>
    <dl class="facts small">
      <div><dt>From</dt><dd>${each.origin ? `${each.origin.topic}, partition ${each.origin.partition}, offset ${count(each.origin.offset)}` : each.topic}</dd></div>
      <div><dt>Lies at</dt><dd>${each.id}</dd></div>
      <div><dt>Key</dt><dd>${each.key?.text ?? 'none'}</dd></div>
      ${(each.headers ?? []).map(header => html`<div><dt>${header.name}</dt><dd>${header.value}</dd></div>`)}
    </dl>
    ${each.value ? html`<pre tabindex="0" role="region" aria-label="Content of ${each.id}">${readable(each.value)}</pre>
      <p class="quiet small">${count(each.value.bytes)} bytes, ${each.value.encoding}${each.value.truncated ? ', cut here' : ''}</p>` : html`<p class="quiet small">No content.</p>`}
  </details>
</li>`;

/** JSON with line breaks; anything else as it is. */
function readable({ text, encoding, truncated }) {
  if (encoding === 'text' && !truncated) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Not JSON, which may be why it lies here.
    }
  }
  return text;
}

function askReplay(ids, done) {
  confirm({
    title: ids.length === 1 ? 'Replay one record' : `Replay ${ids.length} records`,
    about: html`<p>They go to the topic they came from, as they are. What is still wrong with them brings them back here.</p>`,
    words: `replay ${ids.length}`,
    label: `Replay ${ids.length}`,
    asksWhy: false,
    act: async ({ token, confirm: typed }) => {
      const answer = await act('api/dead-letters/replay', { confirm: typed, ids }, token);
      done();
      const skipped = answer.skipped ?? [];
      return `${answer.replayed.length} replayed${skipped.length > 0 ? `, ${skipped.length} not: ${skipped[0].why}` : ''}.`;
    },
  });
}
