import { html } from '../lit.js';
import { act } from '../api.js';
import { fixed } from '../format.js';
import { confirm } from '../parts/dialog.js';

/** Asks whether a version shall be champion, with what is known of it beside the champion. */
export function askPromote(version, { model, champion, versions }, reload) {
  const serving = versions.find(each => each.version === champion);
  confirm({
    title: `Promote version ${version.version}`,
    about: html`<p>Serving answers with version <b>${version.version}</b> within seconds, for every user${champion ? html`, instead of version <b>${champion}</b>` : ''}. Its AUC so far is
      <b>${fixed(version.metrics?.overall?.auc)}</b>${serving ? html`, the champion’s <b>${fixed(serving.metrics?.overall?.auc)}</b>` : ''}.
      If it turns out worse, the rules may take it back once.</p>`,
    words: `promote ${model} ${version.version}`,
    label: `Promote ${version.version}`,
    number: { label: 'Share of users in percent', hint: 'as a canary; empty is all of them', min: 0.1, max: 99 },
    act: async ({ token, why, number, confirm: typed }) => {
      const body = { confirm: typed, ...(why ? { why } : {}), ...(number === '' ? {} : { canary_share: Number(number) / 100 }) };
      const done = await act(`api/deployments/${encodeURIComponent(version.version)}/promote`, body, token);
      reload();
      return done.champion === done.version ? `Version ${done.version} is champion.` : `Version ${done.version} is a canary now.`;
    },
  });
}

/** Asks whether a version that waits for a person shall go on, or not. */
export function askApproval(approved, { model, champion, pending, versions }, reload) {
  const { version, why } = pending;
  const verb = approved ? 'approve' : 'refuse';
  const serving = versions.find(each => each.version === champion);
  const waiting = versions.find(each => each.version === version);
  confirm({
    title: `${approved ? 'Approve' : 'Refuse'} version ${version}`,
    about: approved
      ? html`<p>Serving answers with version <b>${version}</b> within seconds, for every user${champion ? html`, instead of version <b>${champion}</b>` : ''}.
          Its AUC so far is <b>${fixed(waiting?.metrics?.overall?.auc)}</b>${serving ? html`, the champion’s <b>${fixed(serving.metrics?.overall?.auc)}</b>` : ''}.</p>
          <p class="quiet">The rules say: ${why}</p>`
      : html`<p>Version <b>${champion ?? 'none'}</b> stays champion, and version <b>${version}</b> is kept back. The next one may be proposed.</p>
          <p class="quiet">The rules say: ${why}</p>`,
    words: `${verb} ${model} ${version}`,
    label: `${approved ? 'Approve' : 'Refuse'} ${version}`,
    act: async ({ token, why: said, confirm: typed }) => {
      const body = { confirm: typed, approved, ...(said ? { why: said } : {}) };
      const done = await act(`api/deployments/${encodeURIComponent(version)}/approve`, body, token);
      reload();
      return done.done === 'approved' ? `Version ${version} is approved, version ${done.champion} is champion.` : `Version ${version} is refused.`;
    },
  });
}

/** Asks whether the version before shall serve again. */
export function askRollback({ model, champion, previous }, reload) {
  confirm({
    title: 'Roll back',
    about: html`<p>Serving answers with version <b>${previous}</b> again within seconds, instead of <b>${champion}</b>.
      What a person goes back to is never overruled by the rules.</p>`,
    words: `roll back ${model}`,
    label: `Roll back to ${previous}`,
    act: async ({ token, why, confirm: typed }) => {
      const done = await act('api/deployments/rollback', { confirm: typed, version: previous, ...(why ? { why } : {}) }, token);
      reload();
      return `Version ${done.champion ?? done.version} serves again.`;
    },
  });
}
