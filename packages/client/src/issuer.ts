import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import type { Settings } from './options.ts';
import { SignInError, translateFault } from './sign-in-error.ts';

/** The issuer as its metadata describes it. */
export interface Issuer {
  /** Runs a request to the issuer, and makes its faults ours. @throws {SignInError} */
  call<T>(request: (configuration: Configuration) => Promise<T>): Promise<T>;
}

/** Issuers move their endpoints seldom. */
const lifetimeMs = 3_600_000;

/**
 * Fetches the issuer's metadata when it is first needed, once for all that wait; again when it is an hour old. After a
 * fault the next request tries again, so that an app may start before its issuer. Old metadata is better than none.
 */
export function createIssuer({ options, clock }: Settings): Issuer {
  let kept: { readonly configuration: Configuration; readonly at: number } | undefined;
  let pending: Promise<Configuration> | undefined;

  async function fetchMetadata(): Promise<Configuration> {
    try {
      const configuration = await discover(options);
      kept = { configuration, at: clock.now().getTime() };
      return configuration;
    } catch (cause) {
      if (kept !== undefined) return kept.configuration;
      throw discoveryFault(cause);
    }
  }

  function configuration(): Promise<Configuration> {
    if (kept !== undefined && clock.now().getTime() - kept.at < lifetimeMs) return Promise.resolve(kept.configuration);
    pending ??= fetchMetadata().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  return {
    call: async (request) => {
      try {
        return await request(await configuration());
      } catch (cause) {
        throw translateFault(cause);
      }
    },
  };
}

/** Whatever is wrong with the metadata, nobody can sign in until somebody mends it: never the browser's fault. */
function discoveryFault(cause: unknown): unknown {
  const fault = translateFault(cause);
  return fault instanceof SignInError ? new SignInError('issuer_unreachable', { cause, error: fault.error }) : fault;
}

function discover(options: Settings['options']): Promise<Configuration> {
  const { issuer, clientId, clientSecret, timeoutSeconds = 10, fetch: ask } = options;
  return discovery(new URL(issuer), clientId, clientSecret, authenticationOf(options), {
    timeout: timeoutSeconds,
    // The ID token's signature is checked too, though it comes straight from the issuer: the keys may be all that a
    // proxy in between does not have.
    execute: [enableNonRepudiationChecks, ...(new URL(issuer).protocol === 'http:' ? [allowInsecureRequests] : [])],
    ...(ask !== undefined && { [customFetch]: (url: string, init: object) => ask(url, init) }),
  });
}

/** `client_secret_basic` is what an issuer supports that says nothing (RFC 8414, section 2). */
function authenticationOf({ clientSecret, clientAuthentication }: Settings['options']): ClientAuth {
  if (clientSecret === undefined) return None();
  const ways = { client_secret_basic: ClientSecretBasic(clientSecret), client_secret_post: ClientSecretPost(clientSecret) };
  return (...request) => {
    const [server] = request;
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = clientAuthentication ?? (supported.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post');
    return ways[way](...request);
  };
}
