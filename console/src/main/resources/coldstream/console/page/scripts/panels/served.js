import { html, nothing } from '../lit.js';
import { clock, moment, soon } from '../format.js';

const SHOWN = 8;

/** Which versions served one after the other, oldest first, as the audit tells: each since when, and what came back. */
export function served(events, champion) {
  const turns = events
    .filter(each => (each.kind === 'PROMOTED' || each.kind === 'ROLLED_BACK') && (each.alias ?? 'champion') === 'champion')
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .filter((each, index, all) => index === 0 || all[index - 1].version !== each.version)
    .slice(-SHOWN);
  if (turns.length < 2) {
    return nothing;
  }
  return html`<h3>Served <span class="quiet small">one after the other, the newest on the right</span></h3>
    <ol class="served" aria-label="Versions that served, oldest first">${turns.map((each, index) => html`<li
        class=${index === turns.length - 1 && each.version === champion ? 'now' : each.kind === 'ROLLED_BACK' ? 'back' : ''} title=${`${moment(each.at)}: ${each.why ?? ''}`}>
      <span class="served-version">${each.kind === 'ROLLED_BACK' ? '↩ ' : ''}${each.version}${each.version === champion && index === turns.length - 1 ? ' serves' : ''}</span>
      <span class="quiet small nowrap wide-only">${index === 0 ? soon(each.at) : clock(each.at)}</span>
    </li>`)}</ol>`;
}
