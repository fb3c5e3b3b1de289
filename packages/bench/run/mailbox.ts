/** Mails that servers passed on, each for one reader who waits for it. */
export interface Mailbox {
  put(to: string, text: string): void;
  /** The next mail to this address. */
  next(to: string): Promise<string>;
}

export function createMailbox(): Mailbox {
  const arrived = new Map<string, string>();
  const readers = new Map<string, (text: string) => void>();
  return {
    put: (to, text) => {
      const reader = readers.get(to);
      if (reader === undefined) return void arrived.set(to, text);
      readers.delete(to);
      return reader(text);
    },
    next: (to) => {
      const text = arrived.get(to);
      if (text === undefined) return new Promise((resolve) => void readers.set(to, resolve));
      arrived.delete(to);
      return Promise.resolve(text);
    },
  };
}

/** The six digits of a mail. @throws {Error} if it has none. */
export function codeIn(text: string): string {
  const code = /\b(\d{3})[ -]?(\d{3})\b/.exec(text);
  if (code === null) throw new Error(`no code in the mail: ${text}`);
  return `${code[1]}${code[2]}`;
}
