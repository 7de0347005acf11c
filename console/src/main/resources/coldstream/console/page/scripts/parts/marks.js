import { html } from '../lit.js';

/** How far a statistic has come to its threshold: full at one and a half times, with a line where the threshold is. */
export function reach(statistic, threshold, alarmed) {
  const share = threshold > 0 && Number.isFinite(statistic) ? Math.min(1, Math.max(0, statistic / threshold / 1.5)) : 0;
  return html`<svg class="reach ${alarmed ? 'bad' : ''}" viewBox="0 0 90 10" aria-hidden="true">
    <rect class="track" x="0" y="3" width="90" height="4" rx="2"></rect>
    <rect class="fill" x="0" y="3" width=${90 * share} height="4" rx="2"></rect>
    <line x1="60" x2="60" y1="0" y2="10"></line>
  </svg>`;
}

/** A share of one as a bar. */
export const bar = (share, tone = '') => html`<svg class="bar-mark ${tone}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
  <rect class="track" width="100" height="6"></rect>
  <rect class="fill" width=${100 * Math.min(1, Math.max(0, share ?? 0))} height="6"></rect>
</svg>`;

/** A difference with its interval beside zero, on a scale of plus and minus so much. */
export function interval(difference, error, scale) {
  const x = value => 60 + (Math.max(-scale, Math.min(scale, value)) / scale) * 56;
  const tone = difference - error > 0 ? 'good' : difference + error < 0 ? 'bad' : '';
  return html`<svg class="interval ${tone}" viewBox="0 0 120 12" aria-hidden="true">
    <line class="zero" x1="60" x2="60" y1="0" y2="12"></line>
    <line class="reach" x1=${x(difference - error)} x2=${x(difference + error)} y1="6" y2="6"></line>
    <circle cx=${x(difference)} cy="6" r="3.5"></circle>
  </svg>`;
}

const TONES = { ok: 'good', late: 'warn', down: 'bad', unknown: '', critical: 'bad', warning: 'warn', info: 'accent' };

/** The tone of a state or severity. */
export const tone = state => TONES[String(state).toLowerCase()] ?? '';
