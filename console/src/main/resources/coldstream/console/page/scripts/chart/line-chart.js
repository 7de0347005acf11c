import { moment } from '../format.js';
import { element } from '../parts/element.js';
import { Legend } from './legend.js';
import { Plot } from './plot.js';
import { nearest } from './spread.js';
import { tableOf } from './table.js';
import { View } from './view.js';

const SPANS = [['15 min', 15 * 60_000], ['1 h', 3_600_000], ['All', Infinity]];
const DRAG = 6;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Lines over time: hover or arrow keys read values, dragging or + and - zoom, and everything is there as a table too.
 *
 * Its property `data` is `{label, series: [{key, label, colour, dash, points: [{time, value, low, high}]}], marks: [{time,
 * label, strong, champion}], thresholds: [{value, label, always}], format, domain}`; times are milliseconds, points in order of time,
 * a value of null is a gap. Its attribute `compact` leaves out tools and legend.
 */
export class LineChart extends HTMLElement {
  #data = null;
  #view = new View();
  #legend = new Legend(() => this.#schedule());
  #cursor = null;
  #drag = null;
  #frame = 0;
  #parts = null;
  #size = new ResizeObserver(() => this.#schedule());

  set data(data) {
    this.#data = data;
    this.#schedule();
  }

  get compact() {
    return this.hasAttribute('compact');
  }

  connectedCallback() {
    if (this.#parts === null) {
      this.#build();
    }
    this.#size.observe(this.#parts.plot);
    this.#schedule();
  }

  disconnectedCallback() {
    this.#size.disconnect();
  }

  #build() {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('aria-hidden', 'true');
    const readout = element('div', { className: 'readout', hidden: true });
    const plot = element('div', { className: 'plot', tabIndex: 0, role: 'group' }, svg, readout);
    const said = element('p', { className: 'visually-hidden', ariaLive: 'polite' });
    const spans = SPANS.map(([label, length]) => this.#tool(label, () => this.#span(length)));
    const zoom = [this.#tool('+', () => this.#zoom(0.5), 'Zoom in'), this.#tool('−', () => this.#zoom(2), 'Zoom out')];
    const tools = element('div', { className: 'chart-tools' }, this.#legend.place, element('div', { className: 'tools' }, ...spans, ...zoom));
    const table = element('div', { className: 'scroll', tabIndex: 0, role: 'region' });
    const details = element('details', { className: 'as-table' }, element('summary', {}, 'As a table'), table);
    details.addEventListener('toggle', () => this.#schedule());
    this.append(...(this.compact ? [] : [tools]), plot, said, details);
    this.#parts = { plot, readout, said, spans, table, details, drawing: new Plot(svg) };
    this.#listen(plot);
  }

  #tool(text, action, label = null) {
    const button = element('button', { type: 'button' }, text);
    if (label !== null) {
      button.setAttribute('aria-label', label);
    }
    button.addEventListener('click', action);
    return button;
  }

  #listen(plot) {
    const at = event => event.clientX - plot.getBoundingClientRect().left;
    plot.addEventListener('pointermove', event => this.#move(at(event)));
    plot.addEventListener('pointerleave', () => this.#drag === null && this.#point(null));
    plot.addEventListener('pointerdown', event => {
      if (event.button === 0 && event.pointerType !== 'touch') {
        this.#drag = at(event);
        plot.setPointerCapture(event.pointerId);
      }
      this.#move(at(event));
    });
    plot.addEventListener('pointerup', event => this.#drop(at(event)));
    plot.addEventListener('pointercancel', () => this.#drop(this.#drag));
    plot.addEventListener('dblclick', () => this.#span(Infinity));
    plot.addEventListener('keydown', event => this.#key(event));
    plot.addEventListener('blur', () => this.#point(null));
  }

  #move(place) {
    const { drawing } = this.#parts;
    if (drawing.x === undefined) {
      return;
    }
    if (this.#drag !== null) {
      drawing.chosen(this.#drag, place);
    }
    this.#point(drawing.x.invert(place).getTime());
  }

  #drop(place) {
    const { drawing } = this.#parts;
    if (this.#drag !== null && Math.abs(place - this.#drag) >= DRAG) {
      const times = [this.#drag, place].map(each => drawing.x.invert(each).getTime());
      this.#view.choose(Math.min(...times), Math.max(...times));
      this.#schedule();
    }
    this.#drag = null;
    drawing.chosen?.(null);
  }

  #key(event) {
    const actions = {
      ArrowLeft: () => this.#step(-1),
      ArrowRight: () => this.#step(1),
      Home: () => this.#step(-Infinity),
      End: () => this.#step(Infinity),
      '+': () => this.#zoom(0.5),
      '=': () => this.#zoom(0.5),
      '-': () => this.#zoom(2),
      0: () => this.#span(Infinity),
      Escape: () => this.#point(null),
    };
    const action = actions[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }

  #step(by) {
    const points = this.#visible().reduce((longest, line) => (line.points.length > longest.length ? line.points : longest), []);
    const [from, to] = this.#view.range;
    const seen = points.filter(point => point.time >= from && point.time <= to);
    if (seen.length === 0) {
      return;
    }
    const now = this.#cursor === null ? (by > 0 ? -1 : seen.length) : nearest(seen, this.#cursor);
    const next = Math.min(seen.length - 1, Math.max(0, now + by));
    this.#point(seen[next].time);
    this.#parts.said.textContent = `${moment(seen[next].time)}: ${this.#values(seen[next].time).map(({ line, point }) => `${line.label} ${this.#written(point)}`).join(', ')}`;
  }

  #zoom(factor) {
    this.#view.scale(factor, this.#cursor ?? undefined);
    this.#schedule();
  }

  #span(length) {
    length === Infinity ? this.#view.reset() : this.#view.latest(length);
    this.#schedule();
  }

  #visible() {
    return (this.#data?.series ?? []).filter(line => !this.#legend.hides(line));
  }

  #values(time) {
    return this.#visible().map(line => ({ line, point: line.points[nearest(line.points, time)] }))
      .filter(({ point }) => point !== undefined && point.value !== null);
  }

  #written(point) {
    const { format } = this.#data;
    const interval = point.low !== null && point.low !== undefined ? ` [${format(point.low)}, ${format(point.high)}]` : '';
    return format(point.value) + interval;
  }

  #point(time) {
    const { drawing, readout, plot } = this.#parts;
    this.#cursor = time;
    const values = time === null ? [] : this.#values(time);
    readout.hidden = values.length === 0;
    if (drawing.x === undefined) {
      return;
    }
    if (values.length === 0) {
      drawing.cursor(null, []);
      return;
    }
    const at = values.map(({ point }) => point.time).reduce((best, each) => (Math.abs(each - time) < Math.abs(best - time) ? each : best));
    drawing.cursor(at, values.map(({ line, point }) => ({ colour: line.colour, point })));
    const rows = values.map(({ line, point }) => element('li', {},
      element('span', { className: `swatch series-${line.colour}` }), element('span', {}, line.label), element('b', {}, this.#written(point))));
    readout.replaceChildren(element('p', {}, moment(at)), element('ul', {}, ...rows));
    const place = drawing.x(at);
    const room = plot.clientWidth - place - 16 > readout.offsetWidth;
    readout.style.left = `${room ? place + 12 : Math.max(0, place - 12 - readout.offsetWidth)}px`;
  }

  #schedule() {
    if (this.#frame === 0 && this.#parts !== null) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw();
      });
    }
  }

  #draw() {
    const { plot, drawing, spans, details, table } = this.#parts;
    if (this.#data === null || plot.clientWidth === 0) {
      return;
    }
    const { label, series, marks = [], thresholds = [], domain = null, format } = this.#data;
    const times = series.flatMap(line => (line.points.length === 0 ? [] : [line.points[0].time, line.points.at(-1).time]));
    if (times.length > 0) {
      this.#view.extent([Math.min(...times), Math.max(...times)]);
    }
    plot.setAttribute('aria-label', `${label}. Arrow keys read values, plus and minus zoom, zero shows all.`);
    table.setAttribute('aria-label', `${label}, as a table`);
    drawing.draw({
      width: plot.clientWidth, height: plot.clientHeight, series: this.#visible(), marks, thresholds, domain, format,
      range: this.#view.range, emphasis: this.#legend.emphasis,
    });
    spans.at(-1).setAttribute('aria-pressed', String(!this.#view.zoomed));
    this.#point(this.#cursor);
    this.#legend.show(series);
    if (details.open) {
      table.replaceChildren(tableOf(label, series, format));
    }
  }
}

customElements.define('line-chart', LineChart);
