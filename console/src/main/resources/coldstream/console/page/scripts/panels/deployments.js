import { html, nothing, repeat } from '../lit.js';
import { ago, fixed, moment, short } from '../format.js';
import { drawn } from '../parts/drawn.js';
import { frozen } from '../parts/frozen.js';
import { panel } from '../parts/panel.js';
import { askApproval, askPromote, askRollback } from './deploy-dialogs.js';
import { showDiff, showWhy } from './deploy-details.js';
import { decisions, evidence } from './evidence.js';
import { served } from './served.js';

const SHOWN = 6;

/** Which version serves, which may come next and on what evidence, and what people and rules have decided. */
export function startDeployments(place, deployments, alarms) {
  const state = { chosen: new Set(), all: false };
  const actions = {
    choose: version => {
      state.chosen.has(version) ? state.chosen.delete(version) : state.chosen.add(version);
      if (state.chosen.size > 2) {
        state.chosen.delete([...state.chosen][0]);
      }
      draw();
    },
    more: () => {
      state.all = true;
      draw();
    },
    alarms: () => alarms.value?.open ?? [],
    reload: () => deployments.load(),
  };
  const draw = drawn(place, () => panel({
    title: 'Deployments',
    note: 'Versions, what they were measured at, and why each decision was taken.',
    tools: tools(deployments.value, state, actions),
    resource: deployments,
    empty: value => ((value.versions ?? []).length === 0 ? 'No version was published yet. The trainer publishes its first snapshot after some thousand samples.' : null),
    body: value => body(value, state, actions),
    lines: 6,
  }));
  deployments.listen(draw);
  alarms.listen(draw);
}

function tools(value, { chosen }, { reload }) {
  const [from, to] = [...chosen].sort((a, b) => Number(a) - Number(b));
  return html`<button type="button" ?disabled=${chosen.size !== 2} @click=${() => showDiff(from, to)}>
      ${chosen.size === 2 ? `Compare ${from} with ${to}` : 'Compare two'}</button>
    <button type="button" class="danger" ?disabled=${!value?.previous} @click=${() => askRollback(value, reload)}>Roll back</button>`;
}

function body(value, state, actions) {
  const shown = state.all ? value.versions : value.versions.slice(0, SHOWN);
  return html`${notices(value, actions)}
    ${served(value.events ?? [], value.champion)}
    <h3>Versions</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Versions"><table class="versions">
      <caption class="visually-hidden">Versions, newest first</caption>
      <thead><tr>
        <th scope="col"><span class="visually-hidden">Compare</span></th><th scope="col">Version</th><th scope="col" class="number">AUC</th>
        <th scope="col" class="number wide-only">Cold users</th><th scope="col" class="number wide-only">Samples</th>
        <th scope="col" class="wide-only">Learnt on from</th><th scope="col" class="number wide-only">Size</th><th scope="col"><span class="visually-hidden">Actions</span></th>
      </tr></thead>
      <tbody>${repeat(shown, each => each.version, each => row(each, value, state, actions))}</tbody>
    </table></div>
    ${shown.length < value.versions.length ? html`<button type="button" class="plain" @click=${actions.more}>All ${value.versions.length} versions</button>` : nothing}
    ${(value.evidence ?? []).length === 0 ? nothing : html`<div class="comparisons">${value.evidence.map(evidence)}</div>`}
    ${history(value.events ?? [])}`;
}

const notices = (value, { alarms, reload }) => html`
  ${value.freeze ? html`<p class="notice warn">${frozen(value.freeze, alarms())}.</p>` : nothing}
  ${value.pending ? waits(value, reload) : nothing}`;

const waits = (value, reload) => html`<div class="notice" data-pending=${value.pending.version}>
  <p><b>Version ${value.pending.version} waits for a person</b> since ${ago(value.pending.since)}: ${value.pending.why}.</p>
  <div class="tools">
    <button type="button" class="primary" @click=${() => askApproval(true, value, reload)}>Approve ${value.pending.version}</button>
    <button type="button" @click=${() => askApproval(false, value, reload)}>Refuse ${value.pending.version}</button>
  </div>
</div>`;

function row(each, value, { chosen }, { choose, reload }) {
  const overall = each.metrics?.overall;
  return html`<tr data-version=${each.version} class=${each.champion ? 'champion' : ''}>
    <td><input type="checkbox" aria-label="Compare version ${each.version}" .checked=${chosen.has(each.version)} @change=${() => choose(each.version)} /></td>
    <th scope="row"><b>${each.version}</b> ${(each.aliases ?? []).map(alias => html`<span class="badge ${alias === 'champion' ? 'good' : 'accent'}">${alias}</span> `)}
      <br /><span class="quiet small" title=${moment(each.created)}>${ago(each.created)}</span></th>
    <td class="number"><b>${fixed(overall?.auc)}</b><br /><span class="quiet small nowrap">${overall?.low === undefined ? '' : `${fixed(overall.low)} to ${fixed(overall.high)}`}</span></td>
    <td class="number wide-only">${fixed(each.metrics?.cold?.auc)}</td>
    <td class="number wide-only">${short(each.samples)}</td>
    <td class="wide-only quiet">${(each.lineage ?? []).length > 0 ? each.lineage.slice(0, 3).join(' ← ') : 'nothing'}</td>
    <td class="number wide-only">${each.bytes === undefined ? '–' : `${fixed(each.bytes / 2 ** 20, 1)} MiB`}</td>
    <td class="actions"><button type="button" aria-label="Why version ${each.version}" @click=${() => showWhy(each.version)}>Why</button>
      <button type="button" aria-label="Promote version ${each.version}" ?disabled=${each.champion} @click=${() => askPromote(each, value, reload)}>Promote</button></td>
  </tr>`;
}

const history = events => (events.length === 0 ? nothing : html`<details class="history"><summary>What happened (${events.length})</summary>${decisions(events)}</details>`);
