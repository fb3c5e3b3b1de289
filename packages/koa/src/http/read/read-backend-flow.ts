import { isIP } from 'node:net';
import { flowKinds } from '@portico/contract';
import { z } from 'zod';
import type { Client } from '../../model/app.ts';
import type { Flow } from '../../model/flow.ts';
import { AuthError } from '../../model/auth-error.ts';
import { parseIfEmail } from '../../users/canonical.ts';
import { parseIfPhone } from '../../users/canonical-phone.ts';
import { refused } from '../backend-caller.ts';
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
  deliver_to: z.union([z.strictObject({ email: text }), z.strictObject({ phone_number: text })]).optional(),
});

/** How a backend asks for a flow. */
export interface BackendFlowAsk {
  readonly kind: (typeof flowKinds)[number];
  readonly endUser: Whereabouts;
  /** The secret of a session that is added to. */
  readonly sessionSecret?: string;
  /** Where codes go. */
  readonly detour?: Flow['detour'];
  /** In the form in which `/authorize` has them. */
  readonly parameters: Parameters;
}

/** @throws {AuthError} with the path of each field that is unknown, missing or wrong, or speaks for another client */
export function readBackendFlow(body: unknown, client: Client): BackendFlowAsk {
  const { kind, client_id: clientId, end_user: endUser, session_id: sessionSecret, deliver_to: deliverTo, ...rest } = parseBody(schema, body);
  if (clientId !== undefined && clientId !== client.id) throw faulty('client_id', 'field_invalid');
  // The way to a provider and back belongs to a browser.
  if (kind === 'link') throw faulty('kind', 'field_invalid');
  // A session is somebody's already, and to step up means to add to one.
  if (kind === 'step-up' && sessionSecret === undefined) throw faulty('session_id', 'field_missing');
  if (kind !== 'step-up' && sessionSecret !== undefined) throw faulty('kind', 'field_invalid');
  const detour = deliverTo === undefined ? undefined : readDetour(deliverTo, client);
  if (detour !== undefined && kind !== 'sign-in') throw faulty('kind', 'field_invalid');
  // A code that somebody else's address was sent makes nobody.
  if (detour !== undefined && rest.create_new_user !== undefined) throw faulty('create_new_user', 'field_invalid');
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    kind,
    endUser: { address: endUser.address, userAgent: endUser.user_agent ?? '' },
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
    ...(detour === undefined ? {} : { detour }),
    parameters: Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)])),
  };
}

/** @throws {AuthError} `client_refused`, `email_malformed`, `phone_malformed` */
function readDetour(to: { readonly email: string } | { readonly phone_number: string }, { mayDetour }: Client): Flow['detour'] {
  if (!mayDetour) throw refused('deliver_to', 'the client is not registered with dangerouslyAllowDetours');
  if ('email' in to) {
    const email = parseIfEmail(to.email);
    if (email === undefined) throw faulty('deliver_to.email', 'email_malformed');
    return { typed: email.typed, email: email.canonical };
  }
  // A backend knows the country: a number without its own is refused.
  const phone = parseIfPhone(to.phone_number);
  if (phone === undefined) throw faulty('deliver_to.phone_number', 'phone_malformed');
  return { typed: phone.typed, phone: { canonical: phone.canonical, country: phone.country } };
}

function faulty(path: string, code: 'field_missing' | 'field_invalid' | 'email_malformed' | 'phone_malformed'): AuthError {
  return new AuthError(code, { fields: [{ path, code }] });
}
