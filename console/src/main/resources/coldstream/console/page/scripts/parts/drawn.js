import { render } from '../lit.js';

/** Draws a template into a place when anything it depends on has changed, at most once a frame. */
export function drawn(place, template) {
  let frame = 0;
  return () => {
    if (frame === 0) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        render(template(), place);
      });
    }
  };
}
