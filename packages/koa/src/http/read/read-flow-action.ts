import { actionNames, methodNames, type ActionName } from '@portico/contract';
import { z } from 'zod';
import type { FlowAction } from '../../flows/actions/act.ts';
import { AuthError } from '../../model/auth-error.ts';
import { parseBody } from './field-faults.ts';
import { typedPassword } from './typed-password.ts';

const nothing = z.strictObject({});
const text = (most: number) => z.string().max(most);
/** What others are shown has no character that cannot be seen, or that turns the text around it. */
const visible = /^\P{C}*$/u;
/** A browser's JSON: its members are the passkey method's to judge, for browsers add some. */
const credential = z.looseObject({ id: text(2_048) });

const inputs = {
  'submit-identifier': z.strictObject({ identifier: text(1_000) }),
  'submit-answer': z.strictObject({ answer: text(100), remember_device: z.boolean().optional() }),
  'submit-passkey': z.strictObject({ credential, remember_device: z.boolean().optional() }),
  'submit-password': z.strictObject({ password: typedPassword, username: text(1_000).optional() }),
  // Longer than any that is taken, so that who types too much is told at the field.
  'submit-profile': z.strictObject({ name: text(1_000), given_name: text(1_000), family_name: text(1_000) }).partial(),
  'enroll': z.strictObject({ credential, silent: z.boolean().optional() }),
  'choose-method': z.strictObject({
    method: z.enum(methodNames),
    display_name: text(64).regex(visible).optional(),
    wants_new_password: z.boolean().optional(),
    provider: text(40).optional(),
    return_to: text(2_000).optional(),
    cross_device: z.boolean().optional(),
  }),
  'resend': nothing,
  'skip': z.strictObject({ forever: z.boolean().optional(), unasked: z.boolean().optional() }),
  'go-back': nothing,
  'approve': nothing,
  'decline': nothing,
  'restart': nothing,
} satisfies Record<ActionName, z.ZodType>;

/** In the place of what a person types. A page that sends it was refused before. */
const namedById = z.strictObject({ user_id: text(200).min(1) });

function isActionName(name: string): name is ActionName {
  return actionNames.some((known) => known === name);
}

/** @throws {AuthError} `not_found` for a name that is none, and for each field that is unknown, missing or wrong. */
export function readFlowAction(name: string, body: unknown): FlowAction {
  if (!isActionName(name)) throw new AuthError('not_found');
  const isById = name === 'submit-identifier' && typeof body === 'object' && body !== null && 'user_id' in body;
  const input: unknown = parseBody<unknown>(isById ? namedById : inputs[name], body);
  // The table above pairs each name with the schema of its input; TypeScript cannot follow the pair through a lookup.
  return { name, input } as FlowAction;
}

/** What `submit-password` takes, for whoever has it judged alone. @throws {AuthError} for each field that is unknown, missing or wrong */
export function readFlowPassword(body: unknown): z.output<(typeof inputs)['submit-password']> {
  return parseBody(inputs['submit-password'], body);
}
