import { read } from './api.js';

/**
 * One answer of the server as the page knows it: nothing until the first answer, then known; with an error beside it where the
 * newest question failed, so that what was known stays on the page.
 */
export class Resource {
  #listeners = [];
  #asked = 0;
  #meanwhile = [];
  value = null;
  error = null;
  loading = false;
  at = null;

  /**
   * @param path where the answer is, or a function that says where
   * @param merge what is known once an event brought news; takes what was known, or null, and the news
   */
  constructor(path, merge = (known, news) => news) {
    this.path = path;
    this.merge = merge;
  }

  /** Calls back now and whenever anything here changes. */
  listen(listener) {
    this.#listeners.push(listener);
    listener();
  }

  /** Asks the server; the answer replaces what was known. An answer overtaken by a later question is dropped. */
  async load() {
    const mine = ++this.#asked;
    const ended = outcome => {
      if (mine === this.#asked) {
        Object.assign(this, { loading: false, ...outcome });
        this.#tell();
      }
    };
    this.#meanwhile = [];
    this.loading = true;
    this.#tell();
    try {
      const answer = await read(typeof this.path === 'function' ? this.path() : this.path);
      // What came as an event while the answer was on its way may be newer than the answer.
      ended({ value: this.#meanwhile.reduce(this.merge, answer), error: null, at: Date.now() });
    } catch (error) {
      ended({ error });
    }
  }

  /** Takes in what an event brought. Before the first answer it waits for that. */
  take(news) {
    if (this.loading) {
      this.#meanwhile.push(news);
    }
    if (this.value !== null) {
      Object.assign(this, { value: this.merge(this.value, news), error: null, at: Date.now() });
      this.#tell();
    }
  }

  #tell() {
    this.#listeners.forEach(listener => listener());
  }
}
