import { isIP } from 'node:net';
import { flowKinds } from '@portico/contract';
import { z } from 'zod';
import type { Client } from '../../model/app.ts';
import { AuthError } from '../../model/auth-error.ts';
import { parseBody } from './field-faults.ts';
import type { Parameters } from './read-body.ts';
import type { Whereabouts } from './read-origin.ts';

const text = z.string().max(4_000);

/** What belongs to a redirect is not in it, and so is refused by its name. */
const schema = z.strictObject({
  kind: z.enum(flowKinds),
  client_id: text.optional(),
  end_user: z.strictObject({ address: text.refine((address) => isIP(address) !== 0), user_agent: text.optional() }),
  session_id: z.string().min(1).max(200).optional(),
  scope: text.optional(),
  nonce: text.optional(),
  resource: z.union([text, z.array(text).max(10)]).optional(),
  claims: z.string().max(16_000).optional(),
  acr_values: text.optional(),
  max_age: z.union([text, z.int().min(0)]).optional(),
  login_hint: text.optional(),
  ui_locales: text.optional(),
  create_new_user: z.union([z.boolean(), text]).optional(),
});

/** How a backend asks for a flow. */
export interface BackendFlowAsk {
  readonly kind: (typeof flowKinds)[number];
  readonly endUser: Whereabouts;
  /** The secret of a session that is added to. */
  readonly sessionSecret?: string;
  /** In the form in which `/authorize` has them. */
  readonly parameters: Parameters;
}

/** @throws {AuthError} with the path of each field that is unknown, missing or wrong, or speaks for another client */
export function readBackendFlow(body: unknown, client: Client): BackendFlowAsk {
  const { kind, client_id: clientId, end_user: endUser, session_id: sessionSecret, ...rest } = parseBody(schema, body);
  if (clientId !== undefined && clientId !== client.id) throw faulty('client_id', 'field_invalid');
  // The way to a provider and back belongs to a browser.
  if (kind === 'link') throw faulty('kind', 'field_invalid');
  // A session is somebody's already, and to step up means to add to one.
  if (kind === 'step-up' && sessionSecret === undefined) throw faulty('session_id', 'field_missing');
  if (kind !== 'step-up' && sessionSecret !== undefined) throw faulty('kind', 'field_invalid');
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    kind,
    endUser: { address: endUser.address, userAgent: endUser.user_agent ?? '' },
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
    parameters: Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)])),
  };
}

function faulty(path: string, code: 'field_missing' | 'field_invalid'): AuthError {
  return new AuthError(code, { fields: [{ path, code }] });
}
