/**
 * Hanko's flow API, as far as the first screen: `POST /login` answers with the state `preflight`, whose one action the widget runs
 * by itself; that answers with `login_init`. Shapes: `backend/flowpilot/response.go` and the actions of
 * `backend/flow_api/flow/{capabilities,credential_usage}` in teamhanko/hanko.
 */
import { packed } from '../files.ts';
import type { Vendor } from './vendor.ts';

const flow = '0190f1c6-5b0e-7d64-9a51-4f1e6f5f9d11';
const csrfToken = 'qR0cIY3MpVwZbBq1oPZ5cUBwhzLxkBvD';

const action = (name: string, description: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  action: name,
  href: `/login?action=${name}%40${flow}`,
  inputs,
  description,
});

const preflight = {
  name: 'preflight',
  status: 200,
  csrf_token: csrfToken,
  actions: {
    register_client_capabilities: action('register_client_capabilities', 'Send the computers capabilities.', {
      webauthn_available: { name: 'webauthn_available', type: 'boolean', required: true, hidden: true },
      webauthn_conditional_mediation_available: { name: 'webauthn_conditional_mediation_available', type: 'boolean', hidden: true },
      webauthn_platform_authenticator_available: { name: 'webauthn_platform_authenticator_available', type: 'boolean', hidden: true },
    }),
  },
  links: null,
};

const loginInit = {
  name: 'login_init',
  status: 200,
  payload: {
    request_options: {
      publicKey: { challenge: 'dGhpcyBpcyBub3QgYSByZWFsIGNoYWxsZW5nZSBidXQgbG9uZw', timeout: 60_000, rpId: 'localhost', userVerification: 'preferred' },
    },
  },
  csrf_token: csrfToken,
  actions: {
    continue_with_login_identifier: action('continue_with_login_identifier', 'Enter an identifier to login.', {
      email: { name: 'email', type: 'email', min_length: 3, max_length: 120, required: true },
    }),
    webauthn_generate_request_options: action('webauthn_generate_request_options', 'Get request options to use a passkey.', {}),
    webauthn_verify_assertion_response: action('webauthn_verify_assertion_response', 'Send the result of a passkey assertion.', {
      assertion_response: { name: 'assertion_response', type: 'json', required: true },
    }),
  },
  links: null,
};

export const hankoApi: Vendor = {
  hostname: 'hanko.localhost',
  answer: ({ method, path, query }) => {
    if (method !== 'POST' || path !== '/login') return undefined;
    return { file: packed(JSON.stringify(query.has('action') ? loginInit : preflight), '.json') };
  },
};
