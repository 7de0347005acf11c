import { html, nothing } from '../lit.js';
import { count, fixed, moment, signed } from '../format.js';
import { Resource } from '../state.js';
import { open } from '../parts/dialog.js';
import { inOrder, stratum } from '../parts/strata.js';
import { decisions, evidence } from './evidence.js';

/** Shows every decision about a version, with its numbers. */
export function showWhy(version) {
  show(`Why version ${version}`, `api/deployments/${encodeURIComponent(version)}/why`, value => html`
    <dl class="facts">
      <div><dt>Published</dt><dd>${moment(value.created)}</dd></div>
      <div><dt>Aliases</dt><dd>${(value.aliases ?? []).join(', ') || 'none'}</dd></div>
      <div><dt>Learnt on from</dt><dd>${(value.lineage ?? []).join(' ← ') || 'nothing'}</dd></div>
    </dl>
    ${(value.decisions ?? []).length === 0 ? html`<p class="empty">Nothing was decided about it yet.</p>` : html`${decisions(value.decisions)}${value.decisions.map(numbers)}`}
    ${(value.evidence ?? []).map(evidence)}`);
}

function numbers(decision) {
  const details = Object.entries(decision.details ?? {});
  return details.length === 0 ? nothing : html`<details>
    <summary>Numbers behind “${decision.kind?.toLowerCase().replaceAll('_', ' ')}” of ${moment(decision.at)}</summary>
    <dl class="facts small">${details.map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>
  </details>`;
}

/** Shows two versions side by side. */
export function showDiff(from, to) {
  show(`Version ${from} and version ${to}`, `api/deployments/diff?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`, value => html`
    ${measures('Since the start', value.metrics ?? [], from, to)}
    ${measures('Since the version before each', value.windows ?? [], from, to)}
    ${pairs('Facts', value.facts ?? [], from, to)}${pairs('Settings that differ', value.settings ?? [], from, to)}${pairs('Offsets', value.offsets ?? [], from, to)}`);
}

function measures(title, rows, from, to) {
  const order = inOrder(rows.map(each => each.stratum));
  const sorted = [...rows].sort((a, b) => order.indexOf(a.stratum) - order.indexOf(b.stratum));
  return rows.length === 0 ? nothing : html`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label=${title}><table>
    <thead><tr><th scope="col">Stratum</th><th scope="col" class="number">AUC ${from}</th><th scope="col" class="number">AUC ${to}</th>
      <th scope="col" class="number">Difference</th><th scope="col" class="number wide-only">Log loss difference</th><th scope="col" class="number wide-only">Rows</th></tr></thead>
    <tbody>${sorted.map(each => html`<tr><th scope="row">${stratum(each.stratum).label}</th>
      <td class="number">${fixed(each.from?.auc, 4)}</td><td class="number">${fixed(each.to?.auc, 4)}</td><td class="number"><b>${signed(each.auc_difference, 4)}</b></td>
      <td class="number wide-only">${signed(each.logloss_difference, 4)}</td><td class="number wide-only">${count(each.to?.n)}</td></tr>`)}</tbody>
  </table></div>`;
}

const pairs = (title, rows, from, to) => (rows.length === 0 ? nothing : html`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label=${title}><table>
  <thead><tr><th scope="col">Name</th><th scope="col" class="number">${from}</th><th scope="col" class="number">${to}</th></tr></thead>
  <tbody>${rows.map(each => html`<tr><th scope="row">${each.name}</th><td class="number">${each.from ?? '–'}</td><td class="number">${each.to ?? '–'}</td></tr>`)}</tbody>
</table></div>`);

function show(title, path, body) {
  const resource = new Resource(path);
  const { draw } = open(title, () => {
    if (resource.value !== null) {
      return body(resource.value);
    }
    return resource.error === null
      ? html`<p class="quiet" aria-busy="true">One moment</p>`
      : html`<p class="failure" role="alert">This could not be read. ${resource.error.message}</p>`;
  }, true);
  resource.listen(draw);
  resource.load();
}
