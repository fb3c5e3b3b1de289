import type { OutgoingSms } from '../model/sms.ts';

/**
 * Sends one text message to one number, or throws. What is thrown is tried again while the message is worth anything,
 * unless it is an `SmsRefusedError`.
 */
export interface SmsSender {
  sendSms(sms: OutgoingSms): Promise<void>;
}

/** Trying again would change nothing: no such number, or one that takes no messages from us. */
export class SmsRefusedError extends Error {
  /** What the provider calls it, for the log. Never the number or the text. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`The SMS was refused: ${code}`, options);
    this.name = 'SmsRefusedError';
    this.code = code;
  }
}
