/** What the page tells when somebody could begin to type. */
export interface Usable {
  /** Milliseconds since the navigation began. */
  readonly at: number;
  /** When the navigation began, milliseconds of the wall clock. */
  readonly timeOrigin: number;
  /** The middle of the input, in the window. */
  readonly x: number;
  readonly y: number;
  /** The input as it stands in the page, to be looked at. */
  readonly input: string;
}

/** The name of the function by which the page tells. */
export const probeBinding = 'firstScreenIsUsable';
/** The page's own reference to the input, so that what was typed can be read. */
export const inputInPage = 'globalThis.firstScreenInput?.value';

/**
 * Looks once a frame, so that the measure costs little: for an input that is seen, enabled and in the window, behind open
 * shadow roots too. Runs before the page's own scripts.
 */
export const probeScript = `(() => {
  const kinds = ['email', 'text', 'tel', ''];
  const isUsable = (input) => {
    if (input.disabled || input.readOnly || input.inert || !kinds.includes(input.type)) return false;
    if (!input.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const { left, top, width, height } = input.getBoundingClientRect();
    return width > 40 && height > 10 && left >= 0 && top >= 0 && left + width / 2 < innerWidth && top + height / 2 < innerHeight;
  };
  const find = (root) => {
    for (const input of root.querySelectorAll('input')) if (isUsable(input)) return input;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const found = shadowRoot && find(shadowRoot);
      if (found) return found;
    }
  };
  const look = () => {
    const input = find(document);
    if (!input) return requestAnimationFrame(look);
    const at = performance.now();
    const { left, top, width, height } = input.getBoundingClientRect();
    globalThis.firstScreenInput = input;
    const told = { at, timeOrigin: performance.timeOrigin, x: left + width / 2, y: top + height / 2, input: input.cloneNode().outerHTML };
    globalThis.${probeBinding}(JSON.stringify(told));
  };
  if (globalThis.top === globalThis) requestAnimationFrame(look);
})();`;
