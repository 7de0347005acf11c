import { place } from '../format.js';
import { spread } from './spread.js';

const d3 = globalThis.d3;
const LABEL_GAP = 15;
const NARROW = 560;
let plots = 0;

/** Draws lines over time with d3: axes, bands, version marks, thresholds and the name of each line at its end. */
export class Plot {
  constructor(svg) {
    const name = `plot-${++plots}`;
    this.svg = d3.select(svg);
    this.svg.append('clipPath').attr('id', name).append('rect');
    this.layer = {};
    for (const layer of ['grid', 'marks', 'thresholds', 'bands', 'lines', 'labels', 'cursor', 'chosen']) {
      this.layer[layer] = this.svg.append('g').attr('class', layer);
    }
    for (const layer of ['bands', 'lines', 'thresholds']) {
      this.layer[layer].attr('clip-path', `url(#${name})`);
    }
    this.clip = this.svg.select('clipPath rect');
  }

  /** Draws everything anew. Series have points in order of time; range is from and to in milliseconds. */
  draw({ width, height, series, marks, thresholds, range, domain, format, emphasis }) {
    const named = width >= NARROW && series.length > 1;
    const longest = Math.max(0, ...series.map(line => line.label.length));
    const right = named ? 22 + Math.min(150, longest * 7.2) : 12;
    this.inner = { left: 44, right: width - right, top: marks.length > 0 ? 26 : 10, bottom: height - 24 };
    const { left, top, bottom } = this.inner;
    this.svg.attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height);
    this.clip.attr('x', left).attr('y', top - 2).attr('width', Math.max(0, this.inner.right - left)).attr('height', bottom - top + 4);
    this.rows = bottom - top > 140 ? 5 : 2;
    this.x = d3.scaleTime(range, [left, this.inner.right]);
    this.y = d3.scaleLinear(this.#values(series, thresholds, range, domain), [bottom, top]).nice(this.rows);
    this.#axes(width, format);
    this.#marks(marks, range);
    this.#thresholds(thresholds);
    this.#lines(series, emphasis);
    this.#labels(named ? series : [], range, emphasis);
  }

  #values(series, thresholds, range, domain) {
    const values = thresholds.filter(line => line.always).map(line => line.value);
    for (const line of series) {
      for (const point of line.points) {
        if (point.value !== null && point.time >= range[0] && point.time <= range[1]) {
          values.push(point.value);
        }
      }
    }
    let [low, high] = d3.extent(values);
    if (low === undefined) {
      return domain ?? [0, 1];
    }
    if (domain) {
      const [from, to] = [domain[0] ?? low, domain[1] ?? high];
      return [from, to > from ? to : from + 1];
    }
    const room = Math.max((high - low) * 0.12, Math.abs(high) * 0.005, 1e-9);
    return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
  }

  #axes(width, format) {
    const { left, right, bottom } = this.inner;
    const rows = this.layer.grid.selectAll('g.row').data(this.y.ticks(this.rows), value => value).join(enter => {
      const row = enter.append('g').attr('class', 'row');
      row.append('line');
      row.append('text').attr('dy', '0.32em').attr('text-anchor', 'end');
      return row;
    });
    rows.attr('transform', value => `translate(0 ${this.y(value)})`);
    rows.select('line').attr('x1', left).attr('x2', right);
    rows.select('text').attr('x', left - 8).text(value => format(value));
    const ticks = this.x.ticks(Math.max(2, Math.floor((right - left) / 90)));
    const [from, to] = this.x.domain();
    this.layer.grid.selectAll('text.time').data(ticks, value => value.getTime()).join('text')
      .attr('class', 'time').attr('text-anchor', 'middle').attr('y', bottom + 17)
      .attr('x', value => this.x(value)).text(value => place(value, to - from));
  }

  #marks(marks, range) {
    const { top, bottom, left, right } = this.inner;
    const visible = marks.filter(mark => mark.time >= range[0] && mark.time <= range[1]);
    const named = new Set();
    const taken = [];
    const strong = visible.filter(each => each.strong);
    for (const mark of strong.filter(each => each.champion).concat(strong.filter(each => !each.champion))) {
      const x = this.x(mark.time);
      const half = mark.label.length * 3.4;
      const free = taken.every(([from, to]) => x + half + 6 < from || x - half - 6 > to);
      if (free && x - half > left - 44 && x + half < right + 40) {
        named.add(mark);
        taken.push([x - half, x + half]);
      }
    }
    const groups = this.layer.marks.selectAll('g').data(visible, mark => `${mark.time} ${mark.label}`).join(enter => {
      const group = enter.append('g');
      group.append('line');
      group.append('text').attr('text-anchor', 'middle');
      return group;
    });
    groups.attr('class', mark => (mark.strong ? 'strong' : 'weak')).attr('transform', mark => `translate(${this.x(mark.time)} 0)`);
    groups.select('line').attr('y1', mark => (mark.strong ? top : bottom - 6)).attr('y2', bottom);
    groups.select('text').attr('y', top - 9).text(mark => (named.has(mark) ? mark.label : ''));
  }

  #thresholds(thresholds) {
    const { left, right } = this.inner;
    const groups = this.layer.thresholds.selectAll('g').data(thresholds).join(enter => {
      const group = enter.append('g');
      group.append('line');
      group.append('text').attr('text-anchor', 'end').attr('dy', '-0.4em');
      return group;
    });
    groups.attr('transform', line => `translate(0 ${this.y(line.value)})`);
    groups.select('line').attr('x1', left).attr('x2', right);
    groups.select('text').attr('x', right - 4).text(line => line.label);
  }

  #lines(series, emphasis) {
    const known = point => point.value !== null;
    const line = d3.line(point => this.x(point.time), point => this.y(point.value)).defined(known);
    const band = d3.area(point => this.x(point.time), point => this.y(point.low), point => this.y(point.high))
      .defined(point => point.low !== null && point.high !== null && point.low !== undefined && point.high !== undefined);
    const faded = each => emphasis !== null && emphasis !== each.key;
    this.layer.bands.selectAll('path').data(series, each => each.key).join('path')
      .attr('class', each => `series-${each.colour}${emphasis === each.key ? ' strong' : ''}${faded(each) ? ' faded' : ''}`)
      .attr('d', each => band(each.points));
    this.layer.lines.selectAll('path').data(series, each => each.key).join('path')
      .attr('class', each => `series-${each.colour}${faded(each) ? ' faded' : ''}`)
      .attr('stroke-dasharray', each => each.dash ?? null)
      .attr('d', each => line(each.points));
    const single = series.filter(each => each.points.length === 1);
    this.layer.lines.selectAll('circle').data(single, each => each.key).join('circle').attr('r', 3)
      .attr('class', each => `series-${each.colour}`)
      .attr('cx', each => this.x(each.points[0].time)).attr('cy', each => this.y(each.points[0].value));
  }

  #labels(series, range, emphasis) {
    const ends = series.map(each => ({ each, end: each.points.findLast(point => point.value !== null && point.time <= range[1]) }))
      .filter(({ end }) => end !== undefined);
    const { top, bottom, right } = this.inner;
    const places = spread(ends.map(({ end }) => this.y(end.value)), LABEL_GAP, top, bottom);
    this.layer.labels.selectAll('text').data(ends, ({ each }) => each.key).join('text')
      .attr('class', ({ each }) => `series-${each.colour}${emphasis !== null && emphasis !== each.key ? ' faded' : ''}`)
      .attr('x', right + 8).attr('y', (_, index) => places[index]).attr('dy', '0.32em').text(({ each }) => each.label);
  }

  /** Shows where the cursor is: a line and a dot on each line; nothing for null. */
  cursor(time, dots) {
    const { top, bottom } = this.inner;
    this.layer.cursor.selectAll('line').data(time === null ? [] : [time]).join('line')
      .attr('x1', at => this.x(at)).attr('x2', at => this.x(at)).attr('y1', top).attr('y2', bottom);
    this.layer.cursor.selectAll('circle').data(dots).join('circle').attr('r', 3.5)
      .attr('class', dot => `series-${dot.colour}`)
      .attr('cx', dot => this.x(dot.point.time)).attr('cy', dot => this.y(dot.point.value));
  }

  /** Shows the stretch being chosen with the pointer, from one place to another; nothing for null. */
  chosen(from, to) {
    const { top, bottom } = this.inner;
    this.layer.chosen.selectAll('rect').data(from === null ? [] : [0]).join('rect').attr('y', top).attr('height', bottom - top)
      .attr('x', Math.min(from, to)).attr('width', Math.abs(to - from));
  }
}
