import { html, nothing, repeat } from '../lit.js';
import { ago, count, moment, percent, plain, seconds, title, words } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { reach } from '../parts/marks.js';
import { panel } from '../parts/panel.js';
import { append, appendEach, chartPoints, newest } from '../parts/points.js';

const LAYERS = ['input', 'prediction', 'outcome', 'guidance', 'freshness'];
const WHOLE = ['all', 'overall'];
const GROUPS = ['throughput', 'freshness', 'lag', 'cost', 'failures'];

/** Takes the signals as they are now, and appends the points of series and operations. */
export function mergeSignals(known, news) {
  const before = new Map((known.operations ?? []).map(each => [each.name, each]));
  const operations = (news.operations ?? []).map(each => ({ ...each, points: append(before.get(each.name)?.points, each.points) }));
  const told = new Set(operations.map(each => each.name));
  return {
    ...known,
    ...news,
    series: appendEach(known.series, news.series),
    operations: [...operations, ...(known.operations ?? []).filter(each => !told.has(each.name))],
  };
}

/** What is watched for drift, each with its threshold, and how the system runs: throughput, lag, freshness, cost. */
export function startSignals(place, signals) {
  const state = { layer: 'all', alarmed: false, text: '' };
  const set = (name, read) => event => {
    state[name] = read(event.target);
    draw();
  };
  const tools = () => html`<label>Layer <select @change=${set('layer', each => each.value)}>
      <option value="all">all</option>${layersOf(signals.value?.signals ?? []).map(layer => html`<option value=${layer}>${layer}</option>`)}
    </select></label>
    <label><input type="checkbox" .checked=${state.alarmed} @change=${set('alarmed', each => each.checked)} /> alarmed only</label>
    <label><span class="visually-hidden">Name contains</span><input type="search" placeholder="name" .value=${state.text} @input=${set('text', each => each.value.toLowerCase())} /></label>`;
  const draw = drawn(place, () => html`
    ${panel({
      title: 'Operations', resource: signals, lines: 4,
      note: 'Throughput, freshness, lag, cost and failures.',
      empty: value => ((value.operations ?? []).length === 0 ? 'No service has been measured yet.' : null),
      body: operations,
    })}
    ${panel({
      title: 'Drift signals', resource: signals, tools: tools(), lines: 6,
      note: signals.value?.reference ? html`Compared with what version ${signals.value.reference.version} learnt from, ${count(signals.value.reference.samples)} samples.` : 'Compared with what the champion learnt from, and with their own past.',
      empty: value => ((value.signals ?? []).length === 0 ? 'Nothing is watched yet: the trainer has not reported its signals.' : null),
      body: value => table(value, state),
    })}`);
  signals.listen(draw);
}

const layersOf = signals => [...new Set([...LAYERS, ...signals.map(each => each.layer)])].filter(layer => signals.some(each => each.layer === layer));

const operations = value => html`<ul class="operations">${repeat(
  [...value.operations].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group)), each => each.name, operation)}</ul>`;

function operation(each) {
  const last = newest(each.points, 'value');
  if (last === undefined) {
    return html`<li class="operation" data-operation=${each.name}><p class="small quiet">${title(each.label)}</p><p class="tile-number">–</p><p class="small quiet">Nothing to measure so far.</p></li>`;
  }
  const over = each.limit !== undefined && last !== undefined && last.value > each.limit;
  const format = value => amount(value, each.unit);
  const data = {
    label: each.label,
    series: [{ key: each.name, label: each.label, colour: 2, dash: null, points: chartPoints(each.points, 'value') }],
    thresholds: each.limit === undefined ? [] : [{ value: each.limit, label: `limit ${each.unit === 's' ? seconds(each.limit) : plain(each.limit)}`, always: over }],
    format: value => (each.unit === 's' ? seconds(value) : each.unit === 'share' ? percent(value, value > 0 && value < 0.1 ? 1 : 0) : plain(value)),
    domain: [0, null],
  };
  return html`<li class="operation ${over ? 'bad' : ''}" data-operation=${each.name}>
    <p class="small quiet">${title(each.label)}</p>
    <p class="tile-number">${format(last?.value)}${over ? html` <span class="badge bad">over its limit</span>` : nothing}</p>
    <line-chart compact .data=${data}></line-chart>
  </li>`;
}

function amount(value, unit) {
  if (unit === 's') {
    return seconds(value);
  }
  if (unit === 'share') {
    return percent(value, value > 0 && value < 0.1 ? 1 : 0);
  }
  return value === undefined || value === null ? '–' : html`${plain(value)} <span class="unit">${{ '1/s': 'a second', currency: '' }[unit] ?? unit}</span>`;
}

function table(value, { layer, alarmed, text }) {
  const shown = value.signals
    .filter(each => (layer === 'all' || each.layer === layer) && (!alarmed || each.alarmed))
    .filter(each => words(`${each.signal} ${each.stratum} ${each.detector}`).toLowerCase().includes(words(text)))
    .sort((a, b) => Number(b.alarmed) - Number(a.alarmed) || LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) || a.key.localeCompare(b.key));
  if (shown.length === 0) {
    return html`<p class="empty">None of the ${value.signals.length} signals is like that.</p>`;
  }
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Drift signals"><table class="signals">
    <caption class="visually-hidden">Drift signals</caption>
    <thead><tr>
      <th scope="col">Signal</th><th scope="col">Statistic against threshold</th><th scope="col" class="number wide-only">Value</th>
      <th scope="col" class="number wide-only">Reference</th><th scope="col" class="number wide-only">Samples</th><th scope="col" class="wide-only">Past</th><th scope="col">State</th>
    </tr></thead>
    <tbody>${repeat(shown, each => each.key, each => row(each, value.series?.[each.key]))}</tbody>
  </table></div>`;
}

const row = (each, points) => html`<tr data-signal=${each.key} class=${each.alarmed ? 'alarmed' : ''}>
  <th scope="row">${words(each.signal)} <span class="quiet">${WHOLE.includes(each.stratum) ? '' : words(each.stratum)}</span><br /><span class="quiet small">${each.layer}, ${words(each.detector)}</span></th>
  <td>${each.statistic === undefined
    ? html`<span class="small quiet">not tested yet</span>`
    : html`${reach(each.statistic, each.threshold, each.alarmed)}<br /><span class="small">${plain(each.statistic)} <span class="quiet">of ${plain(each.threshold)}</span></span>`}</td>
  <td class="number wide-only">${plain(each.value)}</td>
  <td class="number wide-only">${plain(each.reference)}</td>
  <td class="number wide-only">${count(each.samples)}</td>
  <td class="wide-only">${(points?.length ?? 0) > 1 ? html`<spark-line .data=${{ points: chartPoints(points, 'statistic'), threshold: each.threshold }}></spark-line>` : nothing}</td>
  <td>${each.alarmed ? html`<span class="badge warn" title=${moment(each.since)}>alarmed</span><br /><span class="quiet small">${each.since ? ago(each.since) : ''}</span>` : html`<span class="quiet">quiet</span>`}</td>
</tr>`;
