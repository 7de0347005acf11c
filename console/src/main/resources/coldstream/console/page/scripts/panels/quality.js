import { html, nothing } from '../lit.js';
import { count, fixed, signed } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { choice, panel } from '../parts/panel.js';
import { appendEach, chartPoints, newest } from '../parts/points.js';
import { inOrder, stratum } from '../parts/strata.js';

const MEASURES = {
  auc: { name: 'AUC', note: 'the chance that what was taken is ranked above what was not', low: 'low', high: 'high' },
  logloss: { name: 'Log loss', note: 'nats a row; less is better', low: null, high: null },
  calibration: { name: 'Calibration', note: 'predicted over observed; 1 is right', low: null, high: null, threshold: 1 },
};
const SOURCES = { strata: 'Since the start', windows: 'By version' };

/** Appends an event's points; version marks are replaced. */
export const mergeQuality = (known, news) => ({
  ...known,
  ...news,
  strata: appendEach(known.strata, news.strata),
  windows: appendEach(known.windows, news.windows),
  versions: mergeVersions(known.versions, news.versions),
});

function mergeVersions(known = [], news = []) {
  const fresh = new Map(news.map(each => [each.version, each]));
  return [...known.filter(each => !fresh.has(each.version)), ...news];
}

/** How good predictions are, by stratum over time, every sample predicted before it was learnt. */
export function startQuality(place, quality) {
  const state = { measure: 'auc', source: 'strata' };
  const draw = drawn(place, () => panel({
    title: 'Quality',
    note: html`${MEASURES[state.measure].name}: ${MEASURES[state.measure].note}. Every sample is predicted before it is learnt.`,
    tools: html`${choice('Measure', Object.entries(MEASURES).map(([key, { name }]) => [key, name]), state.measure, choose('measure'))}
      ${choice('Of which samples', Object.entries(SOURCES), state.source, choose('source'))}`,
    resource: quality,
    empty: value => (Object.keys(value.strata ?? {}).length === 0 ? 'Nothing was predicted yet. The first numbers come seconds after the first events.' : null),
    body: value => body(value, state),
    lines: 8,
  }));
  const choose = name => key => {
    state[name] = key;
    draw();
  };
  quality.listen(draw);
}

function body(value, state) {
  const { measure, source } = state;
  const shape = MEASURES[measure];
  const strata = value[source] ?? {};
  const names = inOrder(Object.keys(strata)).filter(name => newest(strata[name], measure));
  const series = names.map((name, index) => ({ ...stratum(name, index), points: chartPoints(strata[name], measure, shape.low, shape.high) }));
  const data = {
    label: `${shape.name} by stratum`,
    series,
    marks: marks(value.versions ?? []),
    thresholds: shape.threshold ? [{ value: shape.threshold, label: '', always: true }] : [],
    format: number => fixed(number, 3),
  };
  return html`${series.length === 0 ? html`<p class="empty">${shape.name} needs more evidence than there is so far.</p>` : html`<line-chart .data=${data}></line-chart>`}
    ${table(value.strata ?? {})}`;
}

const marks = versions => versions.map(each => ({
  time: Date.parse(each.time),
  label: each.champion ? `${each.version} champion` : each.version,
  champion: each.champion,
  strong: each.champion || (each.aliases ?? []).length > 0,
})).sort((a, b) => a.time - b.time);

function table(strata) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Quality now, by stratum"><table class="by-stratum">
    <caption class="visually-hidden">Quality now, by stratum</caption>
    <thead><tr>
      <th scope="col">Stratum</th><th scope="col" class="number">AUC</th><th scope="col" class="number">95 % interval</th>
      <th scope="col" class="number">Log loss</th><th scope="col" class="number wide-only">Calibration</th><th scope="col" class="number wide-only">Rows</th>
      <th scope="col" class="wide-only">AUC so far</th>
    </tr></thead>
    <tbody>${inOrder(Object.keys(strata)).map((name, index) => row(name, strata[name], index))}</tbody>
  </table></div>`;
}

function row(name, points, index) {
  const { label, colour, holds } = stratum(name, index);
  const auc = newest(points, 'auc');
  const first = points.find(point => point.auc !== undefined && point.auc !== null);
  const last = points.at(-1) ?? {};
  return html`<tr data-stratum=${name}>
    <th scope="row"><span class="swatch series-${colour}"></span>${label} <span class="quiet small wide-only">${holds}</span></th>
    <td class="number"><b>${fixed(auc?.auc)}</b></td>
    <td class="number quiet">${auc?.low === undefined ? '–' : `${fixed(auc.low)} to ${fixed(auc.high)}`}</td>
    <td class="number">${fixed(last.logloss)}</td>
    <td class="number wide-only">${fixed(last.calibration, 2)}</td>
    <td class="number wide-only">${count(last.n)}</td>
    <td class="wide-only">${first && auc !== first ? html`<spark-line .data=${{ points: chartPoints(points, 'auc') }}></spark-line><span class="quiet">${signed(auc.auc - first.auc)}</span>` : nothing}</td>
  </tr>`;
}
