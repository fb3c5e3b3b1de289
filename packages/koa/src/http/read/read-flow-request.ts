import { flowKinds } from '@portico/contract';
import { z } from 'zod';
import type { Parameters } from './read-body.ts';
import { parseBody } from './field-faults.ts';

const text = z.string().max(4_000);

const schema = z.strictObject({
  kind: z.enum(flowKinds),
  client_id: z.string().min(1).max(200),
  request_uri: text.optional(),
  response_type: text.optional(),
  redirect_uri: text.optional(),
  scope: text.optional(),
  state: text.optional(),
  nonce: text.optional(),
  code_challenge: text.optional(),
  code_challenge_method: text.optional(),
  resource: z.union([text, z.array(text).max(10)]).optional(),
  claims: z.string().max(16_000).optional(),
  acr_values: text.optional(),
  max_age: z.union([text, z.int().min(0)]).optional(),
  prompt: text.optional(),
  login_hint: text.optional(),
  ui_locales: text.optional(),
  create_new_user: z.union([z.boolean(), text]).optional(),
});

/** How a flow is asked for: what it is for, whose it is, and the authorization request it carries, if any. */
export interface FlowAsk {
  readonly kind: (typeof flowKinds)[number];
  readonly clientId: string;
  readonly requestUri?: string;
  /** In the form in which `/authorize` has them. */
  readonly parameters: Parameters;
}

export function readFlowRequest(body: unknown): FlowAsk {
  const { kind, client_id: clientId, request_uri: requestUri, ...rest } = parseBody(schema, body);
  const given = Object.entries({ ...rest, client_id: clientId }).filter(([, value]) => value !== undefined);
  const parameters = Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]));
  return { kind, clientId, ...(requestUri === undefined ? {} : { requestUri }), parameters };
}
