/** The part of the time axis that is looked at. Without a choice it is everything there is, and follows what comes. */
export class View {
  #chosen = null;
  #all = [0, 1];

  /** Tells how much there is. */
  extent(all) {
    this.#all = all[0] === all[1] ? [all[0] - 30_000, all[1] + 30_000] : all;
  }

  /** From and to, in milliseconds. */
  get range() {
    return this.#chosen ?? this.#all;
  }

  get zoomed() {
    return this.#chosen !== null;
  }

  /** Looks at this part, never shorter than a second and never outside what there is. */
  choose(from, to) {
    const [first, last] = this.#all;
    const length = Math.min(Math.max(1000, to - from), last - first);
    const start = Math.min(Math.max(first, from), last - length);
    this.#chosen = length >= last - first ? null : [start, start + length];
  }

  /** Makes the part longer (factor above one) or shorter around a time. */
  scale(factor, around = (this.range[0] + this.range[1]) / 2) {
    const [from, to] = this.range;
    this.choose(around - (around - from) * factor, around + (to - around) * factor);
  }

  /** Looks at the newest so many milliseconds. */
  latest(length) {
    this.choose(this.#all[1] - length, this.#all[1]);
  }

  /** Looks at everything again. */
  reset() {
    this.#chosen = null;
  }
}
