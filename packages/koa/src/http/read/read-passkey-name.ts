import { z } from 'zod';
import { parseBody } from './field-faults.ts';

/** Code points, as people count them better than in UTF-16. */
const longest = 64;
/** No character that cannot be seen, or that turns the text around it. */
const visible = /^\P{C}+$/u;

const schema = z.strictObject({
  name: z.string().max(1_000).transform((name) => name.normalize('NFC').trim())
    .refine((name) => visible.test(name) && [...name].length <= longest),
});

/** What its owner calls a passkey: composed, trimmed, 1 to 64 characters. @throws {AuthError} `field_invalid` and its kin */
export function readPasskeyName(body: unknown): string {
  return parseBody(schema, body).name;
}
