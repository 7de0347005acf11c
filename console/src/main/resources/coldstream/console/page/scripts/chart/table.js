import { clock } from '../format.js';
import { element } from '../parts/element.js';

const ROWS = 60;

/** The newest points of a chart as a table, newest first: what a picture shows, for those who read it. */
export function tableOf(label, series, format) {
  const columns = series.map(line => new Map(line.points.map(point => [point.time, point.value])));
  const times = [...new Set(columns.flatMap(column => [...column.keys()]))].sort((a, b) => b - a).slice(0, ROWS);
  const head = element('tr', {}, element('th', { scope: 'col' }, 'Time'),
    ...series.map(line => element('th', { scope: 'col', className: 'number' }, line.label)));
  const rows = times.map(time => element('tr', {}, element('th', { scope: 'row' }, clock(time)),
    ...columns.map(column => element('td', { className: 'number' }, format(column.get(time) ?? null)))));
  return element('table', {}, element('caption', { className: 'visually-hidden' }, label),
    element('thead', {}, head), element('tbody', {}, ...rows));
}
