import { html } from '../lit.js';
import { soon, words } from '../format.js';

const BY_ALARM = /^drift alert (\S+): (.*)$/s;

/** Why nothing is promoted by the rules and until when; in the words of the alarm behind it, where one is. */
export function frozen({ who, reason, until }, alarms) {
  const [, id, told] = BY_ALARM.exec(reason ?? '') ?? [null, null, reason];
  const alarm = (alarms ?? []).find(each => each.alert_id === id);
  return html`<b>Promotion is frozen</b>${until ? ` until ${soon(until)}` : ''} by ${words(who)}: ${alarm
    ? html`<a href=${`#alarm-${id}`}>${alarm.headline ?? alarm.message}</a>`
    : told}`;
}
