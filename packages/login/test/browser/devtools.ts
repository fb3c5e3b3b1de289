interface Channel {
  sendMessageWaitForResponse(message: object): Promise<{ result: { result: unknown } }>;
}

/** One command of the DevTools protocol for this page. */
export async function devTools(method: string, params: object = {}): Promise<unknown> {
  const path = '/__web-dev-server__web-socket.js';
  const channel = (await import(path)) as Channel;
  const sessionId = new URL(location.href).searchParams.get('wtr-session-id');
  const { result } = await channel.sendMessageWaitForResponse({ type: 'wtr-command', sessionId, command: 'devtools', payload: { method, params } });
  return result.result;
}

/** A press as a person's: the event is trusted, and goes to where the target is once it stands still. */
export async function press(target: Element): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await pressOnce(target)) return;
  }
  throw new Error(`a press does not reach ${target.outerHTML.slice(0, 120)}`);
}

/** Presses, and tells whether it was the target that was met. On a busy machine the page may move in between; what is met then is not told of it. */
async function pressOnce(target: Element): Promise<boolean> {
  const { left, top, width, height } = await placeOf(target);
  const at = { x: left + width / 2, y: top + height / 2, button: 'left', clickCount: 1 };
  let isMet = false;
  const judge = (event: Event): void => {
    isMet = event.composedPath().includes(target);
    if (isMet) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('click', judge, { capture: true });
  await devTools('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await devTools('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  window.removeEventListener('click', judge, { capture: true });
  return isMet;
}

/** Steps move in, and a button may come or go when it is known what the browser can do. */
async function placeOf(target: Element): Promise<DOMRect> {
  await Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === 1).map(({ finished }) => finished));
  target.scrollIntoView({ block: 'center' });
  const before = target.getBoundingClientRect();
  await new Promise((resolve) => setTimeout(resolve, 60));
  const after = target.getBoundingClientRect();
  return before.top === after.top && before.left === after.left ? after : placeOf(target);
}
