/** A provider that did not take an SMS, for now. Says nothing of the number or the text. */
export class SmsFault extends Error {
  /** HTTP's. */
  readonly responseCode: number;
  /** The provider's own. */
  readonly code: string | undefined;

  constructor(status: number, code?: number) {
    super(`The provider answered ${status}.`);
    this.name = 'SmsFault';
    this.responseCode = status;
    this.code = code === undefined ? undefined : String(code);
  }
}
