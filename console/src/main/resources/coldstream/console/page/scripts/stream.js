/** Waits between attempts, in seconds; the last one again and again. */
const WAITS = [1, 2, 4, 8, 15];
/** A server that lives says something at least this often, in milliseconds. */
const SILENCE = 30_000;

/**
 * The server's events, connected again whenever the connection is lost.
 *
 * @param names the events listened for
 * @param onEvent gets the name and what came
 * @param onState gets {state: 'connecting' | 'live' | 'waiting', retryAt}
 */
export class Stream {
  #source = null;
  #attempt = 0;
  #timer = 0;
  #silence = 0;

  constructor(path, names, onEvent, onState) {
    this.path = path;
    this.names = names;
    this.onEvent = onEvent;
    this.onState = onState;
  }

  /** Connects now, whatever was waited for. */
  connect() {
    this.#end();
    this.onState({ state: 'connecting' });
    const source = new EventSource(this.path);
    this.#source = source;
    source.onopen = () => {
      this.#attempt = 0;
      this.#heard();
      this.onState({ state: 'live' });
    };
    source.onerror = () => this.#retry();
    for (const name of this.names) {
      source.addEventListener(name, event => this.#take(name, event.data));
    }
  }

  #take(name, text) {
    this.#heard();
    try {
      this.onEvent(name, JSON.parse(text));
    } catch (failure) {
      console.error(`event ${name} cannot be shown`, failure);
    }
  }

  #heard() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#retry(), SILENCE);
  }

  #retry() {
    this.#end();
    const wait = WAITS[Math.min(this.#attempt++, WAITS.length - 1)] * 1000;
    this.onState({ state: 'waiting', retryAt: Date.now() + wait });
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  #end() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = null;
  }
}
