import { html, nothing } from '../lit.js';
import { seconds, title } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { frozen } from '../parts/frozen.js';
import { panel } from '../parts/panel.js';
import { tone } from '../parts/marks.js';

const FIRST = ['learning', 'serving', 'scoring'];
const SIGNS = { ok: '✓', late: '!', down: '✕', unknown: '?' };

/**
 * The health line: is it learning, serving, scoring, how fresh is each, and what is open. Alarms are counted where they are listed:
 * that list hears of one at once, health with its next look.
 */
export function startHealth(place, health, alarms) {
  const draw = drawn(place, () => panel({
    title: 'Health', resource: health, note: note(health.value), body: value => body(value, alarms.value?.open), lines: 2,
  }));
  alarms.listen(draw);
  health.listen(() => {
    document.getElementById('model').textContent = health.value?.model ?? '';
    draw();
  });
}

const note = value => (value === null ? nothing : value.freeze ? html`${frozen(value.freeze, value.open_alarms)}` : value.champion ? html`Version ${value.champion} is champion` : nothing);

function body(value, listed) {
  const first = FIRST.map(name => value.parts.find(part => part.name === name)).filter(part => part !== undefined);
  const rest = value.parts.filter(part => !FIRST.includes(part.name));
  return html`<ul class="tiles">${first.map(tile)}${alarmsTile(listed ? counted(listed) : value.alarms)}</ul>
    <ul class="chips">${rest.map(part => html`<li title=${part.message ?? ''}>
      <span class="dot ${tone(part.state)}"></span>${title(part.name)} <span class="quiet">${part.state === 'ok' ? part.message : html`<b>${part.state}</b> ${part.message}`}</span>
    </li>`)}</ul>`;
}

const tile = part => html`<li class="tile ${tone(part.state)}" data-part=${part.name}>
  <p class="tile-name"><span class="sign" aria-hidden="true">${SIGNS[part.state] ?? '?'}</span>${title(part.name)}<span class="badge ${tone(part.state)}">${part.state}</span></p>
  <p class="tile-number">${part.freshness_seconds === undefined && part.state === 'ok' ? 'idle' : seconds(part.freshness_seconds)}</p>
  <p class="quiet small">${part.message}</p>
</li>`;

const counted = listed => ({
  open: listed.length,
  by_severity: listed.reduce((by, alarm) => ({ ...by, [alarm.severity]: (by[alarm.severity] ?? 0) + 1 }), {}),
});

function alarmsTile(alarms) {
  const open = alarms?.open ?? 0;
  const worst = alarms?.by_severity?.critical > 0 ? 'bad' : open > 0 ? 'warn' : 'good';
  const kinds = Object.entries(alarms?.by_severity ?? {}).map(([severity, number]) => `${number} ${severity}`).join(', ');
  return html`<li class="tile ${worst}" data-part="alarms">
    <p class="tile-name"><span class="sign" aria-hidden="true">${open > 0 ? '!' : '✓'}</span>Alarms<span class="badge ${worst}">${open > 0 ? 'open' : 'quiet'}</span></p>
    <p class="tile-number">${open}</p>
    <p class="quiet small">${open > 0 ? html`<a href="#alarms">${kinds}</a>` : 'nothing is out of its range'}</p>
  </li>`;
}
