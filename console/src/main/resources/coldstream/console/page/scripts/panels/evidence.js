import { html } from '../lit.js';
import { ago, count, moment, seconds, signed, title, words } from '../format.js';
import { interval } from '../parts/marks.js';
import { inOrder, stratum } from '../parts/strata.js';

const TWO_SIDED_95 = 1.96;

/** What the arm and the baseline made of the same events, by stratum: differences of AUC with their intervals. */
export function evidence({ arm, baseline, strata, from, to }) {
  const names = inOrder(Object.keys(strata ?? {}));
  const scale = Math.max(0.002, ...names.map(name => Math.abs(strata[name].auc - strata[name].baseline_auc) + TWO_SIDED_95 * strata[name].error).filter(Number.isFinite));
  return html`<div class="evidence" data-arm=${arm}><h3>${arm === 'live' ? 'Live weights' : `Version ${arm}`} against ${arm === 'live' ? 'version ' : ''}${baseline}
      <span class="quiet small">on the same events${from && to && Date.parse(to) - Date.parse(from) >= 1000 ? `, ${seconds((Date.parse(to) - Date.parse(from)) / 1000)} of them` : ''}</span></h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Version ${arm} against ${baseline}"><table>
      <thead><tr><th scope="col">Stratum</th><th scope="col">AUC difference, 95 % interval</th><th scope="col" class="number wide-only">Log loss</th><th scope="col" class="number">Events</th></tr></thead>
      <tbody>${names.map(name => {
        const each = strata[name];
        const difference = each.auc - each.baseline_auc;
        return html`<tr><th scope="row">${stratum(name).label}</th>
          <td>${Number.isFinite(difference) ? html`${interval(difference, TWO_SIDED_95 * (each.error ?? 0), scale)} <span class="nowrap">${signed(difference, 4)}</span>` : '–'}</td>
          <td class="number wide-only">${signed(each.logloss - each.baseline_logloss, 4)}</td>
          <td class="number">${count(each.events)}</td></tr>`;
      })}</tbody>
    </table></div></div>`;
}

const KINDS = { PROMOTED: 'good', ROLLED_BACK: 'bad', FROZEN: 'warn', DELTAS_HELD: 'warn', KEPT: '', PENDING: 'accent', CANARY_STARTED: 'accent' };

/** Decisions and other events of the audit, as they came. */
export const decisions = events => html`<ol class="decisions">${events.map(each => html`<li>
  <span class="badge ${KINDS[each.kind] ?? ''}">${title(each.kind?.toLowerCase())}</span>
  <span class="nowrap">${each.version ? `version ${each.version}` : ''}</span>
  <span class="why">${each.why ?? ''}</span>
  <span class="quiet small nowrap" title=${moment(each.at)}>${each.who ? `${words(each.who)}, ` : ''}${ago(each.at)}</span>
</li>`)}</ol>`;
