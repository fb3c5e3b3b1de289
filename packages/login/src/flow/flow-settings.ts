import type { FlowKind } from '@portico/contract';

/** What the page said by attributes, read once when a flow starts. */
export interface FlowSettings {
  readonly kind: FlowKind;
  /** The element's own language first, then the browser's; BCP 47 tags, split by spaces. */
  readonly uiLocales: string;
  readonly loginUrl?: string | undefined;
  readonly returnTo?: string | undefined;
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly requestUri?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly scope?: string | undefined;
  readonly resource?: string | undefined;
  readonly acrValues?: string | undefined;
  readonly maxAge?: string | undefined;
  /** What an API asked for, as it said it (RFC 9470): instead of `acrValues` and `maxAge`. */
  readonly challenge?: string | undefined;
  readonly prompt?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly createNewUser?: boolean | undefined;
  readonly demo?: string | undefined;
}
