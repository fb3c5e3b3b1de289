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

/** A press as a person's: the event is trusted. */
export async function press(target: Element): Promise<void> {
  target.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = target.getBoundingClientRect();
  const at = { x: left + width / 2, y: top + height / 2, button: 'left', clickCount: 1 };
  await devTools('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await devTools('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
}
