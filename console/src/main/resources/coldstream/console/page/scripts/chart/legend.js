import { element } from '../parts/element.js';

const SVG = 'http://www.w3.org/2000/svg';

/** The names of lines as buttons: pressing hides a line, pointing at one or reaching it by keys brings it out. */
export class Legend {
  #hidden = new Set();
  #shown = '';
  emphasis = null;

  /** @param changed called when lines have to be drawn anew */
  constructor(changed) {
    this.changed = changed;
    this.place = element('div', { className: 'legend' });
  }

  hides(line) {
    return this.#hidden.has(line.key);
  }

  /** Shows these lines; buttons that are there stay, and keep the focus. */
  show(series) {
    const known = series.map(line => `${line.key} ${line.label}`).join();
    if (known !== this.#shown) {
      this.#shown = known;
      this.place.replaceChildren(...series.map(line => this.#button(line)));
    }
  }

  #button(line) {
    const button = element('button', { type: 'button', className: 'plain' }, swatch(line), line.label);
    const press = () => button.setAttribute('aria-pressed', String(!this.hides(line)));
    press();
    button.addEventListener('click', () => {
      this.hides(line) ? this.#hidden.delete(line.key) : this.#hidden.add(line.key);
      press();
      this.changed();
    });
    for (const [event, key] of [['pointerenter', line.key], ['focus', line.key], ['pointerleave', null], ['blur', null]]) {
      button.addEventListener(event, () => {
        this.emphasis = key;
        this.changed();
      });
    }
    return button;
  }
}

function swatch(line) {
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('viewBox', '0 0 22 8');
  drawn.setAttribute('aria-hidden', 'true');
  drawn.setAttribute('class', `series-${line.colour}`);
  const stroke = drawn.appendChild(document.createElementNS(SVG, 'path'));
  stroke.setAttribute('d', 'M1 4h20');
  stroke.setAttribute('stroke-dasharray', line.dash ?? 'none');
  return drawn;
}
