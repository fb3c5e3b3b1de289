/** What a person may do with codes that they are to keep. All of it happens in this browser. */

/** Puts them on the clipboard. Where the browser does not let us they are selected, for the person's own keys; then `false`. */
export async function copyCodes(codes: readonly string[], list: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(codes.join('\n'));
    return true;
  } catch {
    if (list !== null) getSelection()?.selectAllChildren(list);
    return false;
  }
}

/** Saves them as a text file. */
export function downloadCodes(codes: readonly string[], title: string): void {
  const url = URL.createObjectURL(new Blob([`${title}\n\n${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'recovery-codes.txt';
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Prints them alone, not the page around them: from a frame that is there only for that. */
export function printCodes(codes: readonly string[], title: string): void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const page = frame.contentDocument ?? undefined;
  if (page === undefined || frame.contentWindow === null) return;
  page.title = title;
  const heading = page.createElement('h1');
  heading.textContent = title;
  const list = page.createElement('pre');
  list.textContent = codes.join('\n');
  page.body.append(heading, list);
  frame.contentWindow.addEventListener('afterprint', () => frame.remove(), { once: true });
  frame.contentWindow.print();
}
