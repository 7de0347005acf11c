const d3 = globalThis.d3;
const WIDTH = 96;
const HEIGHT = 26;

/** A small line without axes, beside a number that says what it shows. Property `data`: `{points: [{time, value}], threshold}`. */
export class SparkLine extends HTMLElement {
  #svg = d3.create('svg').attr('viewBox', `0 0 ${WIDTH} ${HEIGHT}`).attr('aria-hidden', 'true');
  #limit = this.#svg.append('line').attr('class', 'limit');
  #line = this.#svg.append('path');
  #end = this.#svg.append('circle').attr('r', 2);

  connectedCallback() {
    if (!this.firstChild) {
      this.append(this.#svg.node());
    }
  }

  set data({ points, threshold = null }) {
    const known = points.filter(point => point.value !== null);
    const last = known.at(-1);
    const values = known.map(point => point.value).concat(threshold ?? []);
    const x = d3.scaleLinear(d3.extent(known, point => point.time), [2, WIDTH - 4]);
    const y = d3.scaleLinear(d3.extent(values), [HEIGHT - 3, 3]);
    this.#line.attr('d', known.length > 1 ? d3.line(point => x(point.time), point => y(point.value))(known) : null);
    this.#limit.attr('x1', 0).attr('x2', WIDTH).attr('visibility', threshold === null ? 'hidden' : 'visible');
    if (threshold !== null && values.length > 0) {
      this.#limit.attr('y1', y(threshold)).attr('y2', y(threshold));
    }
    this.#end.attr('visibility', last ? 'visible' : 'hidden').attr('cx', last ? x(last.time) : 0).attr('cy', last ? y(last.value) : 0);
  }
}

customElements.define('spark-line', SparkLine);
