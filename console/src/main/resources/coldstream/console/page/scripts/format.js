/** How numbers and times are written. Everything here takes null or undefined and answers a dash. */
const NONE = '–';
const MINUS = '−';
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const HOUR = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const COUNT = new Intl.NumberFormat('en');
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

const absent = value => value === null || value === undefined || value === '' || Number.isNaN(value);

/** A whole number with separators: 12,345. */
export const count = value => (absent(value) ? NONE : COUNT.format(value));

/** A number in four characters or so: 12.3K. */
export const short = value => (absent(value) ? NONE : SHORT.format(value));

/** A number with so many digits behind the point and a true minus. */
export const fixed = (value, digits = 3) => (absent(value) ? NONE : Number(value).toFixed(digits).replace('-', MINUS));

/** A number with a sign, for differences. */
export const signed = (value, digits = 3) => (absent(value) ? NONE : (value >= 0 ? '+' : '') + fixed(value, digits));

/** A number of any size in three or four significant digits. */
export function plain(value) {
  if (absent(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size >= 1000) {
    return size >= 100_000 ? short(value) : count(Math.round(value));
  }
  return size !== 0 && size < 0.001 ? Number(value).toExponential(1).replace('-', MINUS) : trimmed(value, size < 1 ? 3 : size < 100 ? 2 : 0);
}

function trimmed(value, digits) {
  const text = fixed(value, digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A share of one: 12.3 %. */
export const percent = (value, digits = 0) => (absent(value) ? NONE : `${fixed(value * 100, digits)} %`);

/** A length of time: 0.4 s, 12 s, 3 min, 2 h 5 min, 3 d. */
export function seconds(value) {
  if (absent(value)) {
    return NONE;
  }
  if (value < 10) {
    return `${fixed(value, 1)} s`;
  }
  if (value < 90) {
    return `${Math.round(value)} s`;
  }
  if (value < 90 * 60) {
    return `${Math.round(value / 60)} min`;
  }
  if (value < 36 * 3600) {
    const minutes = Math.round((value % 3600) / 60);
    return `${Math.floor(value / 3600)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  }
  return `${Math.round(value / 86_400)} d`;
}

/** A time of an answer (text or milliseconds) as a Date, or null. */
export function time(value) {
  if (absent(value)) {
    return null;
  }
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The time of day. */
export const clock = value => (time(value) === null ? NONE : CLOCK.format(time(value)));

/** The time of day, with seconds on a short axis, or the day: the name of a place on an axis of so many milliseconds. */
export const place = (value, length) => (length > 2 * 86_400_000 ? DATE : length < 10 * 60_000 ? CLOCK : HOUR).format(value);

/** Day and time. */
export const moment = value => (time(value) === null ? NONE : DAY.format(time(value)));

/** The time of day, with the day where that is not today. */
export function soon(value, now = new Date()) {
  const date = time(value);
  return date === null || date.toDateString() === now.toDateString() ? clock(value) : moment(value);
}

/** How long ago something was. */
export function ago(value, now = Date.now()) {
  const date = time(value);
  return date === null ? NONE : `${seconds(Math.max(0, (now - date.getTime()) / 1000))} ago`;
}

/** A name of the system as words: event_to_trained becomes event to trained. */
export const words = name => (absent(name) ? '' : String(name).replaceAll(/[_-]+/g, ' '));

/** The same with a capital. */
export const title = name => words(name).replace(/^./, first => first.toUpperCase());
