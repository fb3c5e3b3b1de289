/** What a line of the log may carry beside its event: never an address, a secret or a token. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a host reads what happens inside. Every event has a name, in words joined by `_`. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
