import { html, nothing, repeat } from '../lit.js';
import { ago, count, moment, plain, soon, title, words } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { reach, tone } from '../parts/marks.js';
import { said } from '../parts/said.js';

const CLOSED_SHOWN = 20;
const TITLE = 'Coldstream console';

/** Puts an alarm that opened or closed where it belongs; an answer of the whole list replaces what was known. */
export function mergeAlarms(known, news) {
  if (Array.isArray(news.open)) {
    return news;
  }
  const others = list => (list ?? []).filter(each => each.alert_id !== news.alert_id);
  const open = others(known?.open);
  const closed = others(known?.closed);
  return isOpen(news) ? { ...known, open: [news, ...open], closed } : { ...known, open, closed: [news, ...closed] };
}

const opened = alarm => alarm.opened_at ?? alarm.time;

const isOpen = alarm => String(alarm.state).toLowerCase() === 'open';

/** Says aloud that an alarm opened or closed; one that is only told about again is not said again. */
export function announce(known, news) {
  const open = (known?.open ?? []).some(each => each.alert_id === news.alert_id);
  if (open !== isOpen(news)) {
    said(`${isOpen(news) ? 'Alarm' : 'Alarm closed'}: ${headline(news)}`);
  }
}

/** Open alarms, each with what it saw, where, and what was done about it; behind a line, those that closed. */
export function startAlarms(place, alarms) {
  const draw = drawn(place, () => template(alarms));
  alarms.listen(() => {
    const open = alarms.value?.open?.length ?? 0;
    document.title = `${open > 0 ? `(${open}) ` : ''}${TITLE}`;
    draw();
  });
}

function template({ value, error }) {
  if (value === null) {
    return error === null ? nothing : html`<p class="failure" role="alert">Alarms could not be read. ${error.message}</p>`;
  }
  const open = value.open ?? [];
  const closed = value.closed ?? [];
  if (open.length === 0 && closed.length === 0) {
    return nothing;
  }
  return html`<ul class="alarms">${repeat(open, alarm => alarm.alert_id, card)}</ul>
    ${closed.length === 0 ? nothing : html`<details class="closed">
      <summary>Closed alarms (${closed.length})</summary>
      <ul class="alarms">${repeat(closed.slice(0, CLOSED_SHOWN), alarm => alarm.alert_id, card)}</ul>
    </details>`}`;
}

const headline = alarm => alarm.headline || alarm.message;

const card = alarm => html`<li class="alarm ${isOpen(alarm) ? tone(alarm.severity) : ''}" id=${`alarm-${alarm.alert_id}`} data-alert=${alarm.alert_id}>
  <div class="alarm-head">
    <span class="badge ${isOpen(alarm) ? tone(alarm.severity) : ''}">${isOpen(alarm) ? alarm.severity : 'closed'}</span>
    <p><b>${headline(alarm)}</b></p>
    <span class="quiet small" title=${moment(opened(alarm))}>${ago(opened(alarm))}</span>
  </div>
  ${isOpen(alarm) && alarm.advice ? html`<p class="alarm-advice small"><b>Look at</b> ${alarm.advice}.</p>` : nothing}
  ${(alarm.actions ?? []).length === 0 ? nothing : html`<p class="alarm-facts small">${alarm.actions.map(done)}</p>`}
  <p class="alarm-facts small">
    <span>${title(alarm.layer?.toLowerCase())} · ${words(alarm.signal)} · ${words(alarm.stratum)}</span>
    ${alarm.value === undefined ? nothing : html`<span>now <b>${plain(alarm.value)}</b>${alarm.expected === undefined ? '' : `, expected ${plain(alarm.expected)}`}</span>`}
    <span>${reach(alarm.statistic, alarm.threshold, isOpen(alarm))} ${words(alarm.detector)} ${plain(alarm.statistic)}, threshold ${plain(alarm.threshold)}</span>
  </p>
  <details>
    <summary>Message, window, versions, offsets</summary>
    <p class="small">${alarm.message}</p>
    <dl class="facts small">
      <div><dt>Window</dt><dd>${moment(alarm.window?.from)} to ${moment(alarm.window?.to)}, ${count(alarm.window?.samples)} samples</dd></div>
      <div><dt>Compared with</dt><dd>${alarm.reference_version ? `what version ${alarm.reference_version} learnt from` : 'its own past'}</dd></div>
      <div><dt>Trained</dt><dd>version ${alarm.trained_version ?? 'none'}, step ${count(alarm.step)}</dd></div>
      ${(alarm.actions ?? []).map(action => html`<div><dt>${title(action.name)}${action.at ? `, ${moment(action.at)}` : ''}</dt><dd>${action.detail ?? action.outcome}</dd></div>`)}
      ${Object.entries(alarm.offsets ?? {}).map(([partition, offset]) => html`<div><dt>${partition}</dt><dd>${count(offset)}</dd></div>`)}
    </dl>
  </details>
</li>`;

const DONE = { started: 'accent', failed: 'bad', pending: 'accent' };

/** What was done by itself, and until when. */
const done = ({ name, outcome, said, until }) => html`<span class="badge ${DONE[outcome] ?? ''}" title=${words(name)}>${title(said ?? `${words(name)}: ${outcome}`)}${outcome === 'started' && until ? ` until ${soon(until)}` : ''}</span>`;
