import { html, nothing } from '../lit.js';
import { count, fixed, percent, plain, signed, words } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { choice, panel } from '../parts/panel.js';
import { bar } from '../parts/marks.js';
import { appendEach, chartPoints, newest } from '../parts/points.js';

const MEASURES = {
  alpha: { name: 'Trust', note: 'how far the language model is followed', domain: [0, 1] },
  agreement: { name: 'Agreement', note: 'realised comparisons it ordered rightly, with 95 % intervals; half is chance', low: 'low', high: 'high', domain: [0, 1], chance: 0.5 },
  gained: { name: 'Advantage', note: 'how much more often the language model is right than wrong; 0 is chance', chance: 0 },
  evidence: { name: 'Evidence', note: 'comparisons so far' },
};
const DASHES = [null, '7 3', '2 3', '9 3 2 3', '5 2', '1 3', '12 3', '4 4'];

/** Appends an event's points; everything else is as the event says it is now. */
export const mergeGate = (known, news) => ({
  ...known,
  ...news,
  cells: appendEach(known.cells, news.cells),
  residual: appendEach(known.residual, news.residual),
});

/** How far the language model is trusted, for whom, on which evidence, and what that gained. */
export function startGate(place, gate) {
  const state = { measure: 'alpha' };
  const draw = drawn(place, () => panel({
    title: 'Gate',
    note: html`${MEASURES[state.measure].name}: ${MEASURES[state.measure].note}.`,
    tools: choice('Measure', Object.entries(MEASURES).map(([key, { name }]) => [key, name]), state.measure, key => {
      state.measure = key;
      draw();
    }),
    resource: gate,
    empty: value => (Object.keys(value.cells ?? {}).length === 0 ? 'The gate has seen nothing yet. It opens where the language model has been right about what users took.' : null),
    body: value => body(value, state.measure),
    lines: 6,
  }));
  gate.listen(draw);
}

function body(value, measure) {
  const shape = MEASURES[measure];
  const names = Object.keys(value.cells).sort(byCell);
  const series = names.map((name, index) => ({
    key: name, label: words(name), colour: (index % 8) + 1, dash: DASHES[index % 8],
    points: chartPoints(value.cells[name], measure, shape.low, shape.high),
  })).filter(line => line.points.some(point => point.value !== null));
  const data = {
    label: `${shape.name} by cell`, series, domain: shape.domain ?? null,
    thresholds: shape.chance === undefined ? [] : [{ value: shape.chance, label: 'chance', always: true }],
    format: measure === 'evidence' ? plain : number => fixed(number, 2),
  };
  return html`<dl class="facts">
      ${fact('Mode', value.mode)}${fact('Uncertainty', value.uncertainty)}${fact('Realised comparisons', count(value.gold_comparisons))}
      ${fact('Pairs learnt from', count(value.pairs))}${fact('Effective dose', plain(value.dose?.effective))}
      ${fact('Active hinges', percent(value.dose?.active_hinges))}${fact('Gradient against the clicks’', plain(value.dose?.gradient_ratio))}
    </dl>
    ${gained(value.gained?.overall)}
    <ul class="cells">${names.map((name, index) => cell(name, value.cells[name], index, value.gained?.[name]))}</ul>
    ${series.length === 0 ? html`<p class="empty">No cell has evidence for this yet.</p>` : html`<line-chart .data=${data}></line-chart>`}
    ${residual(value.residual ?? {})}`;
}

const byCell = (a, b) => Number(b.startsWith('cold')) - Number(a.startsWith('cold')) || b.localeCompare(a);

const fact = (name, text) => html`<div><dt>${name}</dt><dd>${text ?? '–'}</dd></div>`;

function cell(name, points, index, gain) {
  const last = points.at(-1) ?? {};
  const judged = newest(points, 'agreement');
  return html`<li class="cell" data-cell=${name}>
    <p><span class="swatch series-${(index % 8) + 1}"></span>${words(name)}</p>
    <p class="tile-number">${fixed(last.alpha, 2)}</p>
    ${bar(last.alpha)}
    <dl class="cell-facts small">
      <div><dt>Right</dt><dd>${judged ? html`<b>${percent(judged.agreement)}</b> <span class="quiet">${fixed(100 * judged.low, 0)} to ${percent(judged.high)}</span>` : html`<span class="quiet">never compared</span>`}</dd></div>
      <div><dt>Guidance gained</dt><dd>${gain ? html`<b>${points100(gain.gained)}</b>` : '–'}</dd></div>
      <div><dt>Compared</dt><dd>${plain(last.evidence ?? 0)}</dd></div>
      <div><dt>Pairs</dt><dd>${count(last.pairs ?? 0)}</dd></div>
    </dl>
  </li>`;
}

/** A difference of shares, in points of a hundred. */
const points100 = difference => `${signed(100 * difference, 1)} points`;

/** What guidance changed in what is served, in one sentence. */
const gained = gain => (gain === undefined ? nothing : html`<p class="gained">Guidance gained <b>${points100(gain.gained)}</b>
  <span class="quiet">(${signed(100 * gain.low, 1)} to ${signed(100 * gain.high, 1)})</span>: of ${count(gain.comparisons)} comparisons between what a user
  took and what was drawn against it, the model orders ${percent(gain.without, 1)} rightly alone and <b>${percent(gain.with, 1)}</b> with it.</p>`);

/** The residual's trust, item down and history across. */
function residual(cells) {
  const names = Object.keys(cells);
  if (names.length === 0) {
    return nothing;
  }
  const parts = names.map(name => ({ name, history: name.slice(0, name.lastIndexOf('_')), item: name.slice(name.lastIndexOf('_') + 1) }));
  const items = [...new Set(parts.map(each => each.item))];
  const histories = [...new Set(parts.map(each => each.history))].sort((a, b) => parseInt(a.replace(/\D+/, ''), 10) - parseInt(b.replace(/\D+/, ''), 10));
  const most = Math.max(1e-9, ...names.map(name => Math.abs(newest(cells[name], 'value')?.value ?? 0)));
  return html`<h3>Trust of the residual <span class="quiet small">what the language model’s signal adds to a score, by history and item</span></h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Trust of the residual"><table class="heat">
      <thead><tr><th scope="col">Item</th>${histories.map(history => html`<th scope="col">${words(history)}</th>`)}</tr></thead>
      <tbody>${items.map(item => html`<tr><th scope="row">${words(item)}</th>${histories.map(history => {
        const value = newest(cells[`${history}_${item}`], 'value')?.value;
        return html`<td><span class="heat-number">${fixed(value, 2)}</span>${bar((value ?? 0) / most)}</td>`;
      })}</tr>`)}</tbody>
    </table></div>`;
}
