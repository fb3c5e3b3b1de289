import { z } from 'zod';
import { parseBody } from './field-faults.ts';
import { typedPassword } from './typed-password.ts';

const tried = z.strictObject({ client_id: z.string().max(200), new_password: typedPassword });
const change = tried.extend({ current_password: typedPassword.optional() });

/** @throws {AuthError} `field_missing` and its kin */
export function readPasswordChange(body: unknown): z.output<typeof change> {
  return parseBody(change, body);
}

/** One that is still being made up. @throws {AuthError} `field_missing` and its kin */
export function readPasswordTried(body: unknown): z.output<typeof tried> {
  return parseBody(tried, body);
}
