import type { User } from '../model/user.ts';

/** Where a code goes, for whoever has proved one factor alone: only its end, which its owner knows it by. */
export function maskedContact({ email, phone }: Pick<User, 'email' | 'phone'>, method: 'sms-code' | 'email-code'): string {
  if (method === 'sms-code') return `•••• ${phone?.canonical.slice(-2) ?? ''}`;
  return `••••${email?.canonical.slice(email.canonical.lastIndexOf('@')) ?? ''}`;
}
