import { z } from 'zod';
import { parseBody } from './field-faults.ts';

/** Far beyond the longest password: what is too long is told by its own code. */
const typed = z.string().max(4_096);

const schema = z.strictObject({ client_id: z.string().max(200), current_password: typed.optional(), new_password: typed });

/** @throws {AuthError} `field_missing` and its kin */
export function readPasswordChange(body: unknown): z.output<typeof schema> {
  return parseBody(schema, body);
}
