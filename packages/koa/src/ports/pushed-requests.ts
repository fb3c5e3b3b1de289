import type { ClientId, Digest, FlowId } from '../model/ids.ts';

/** A pushed authorization request (RFC 9126), and the flow that a browser began with it. */
export interface PushedRequest {
  readonly digest: Digest;
  readonly clientId: ClientId;
  /** The parameters as they were sent, checked already. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly flowId?: FlowId;
}

export interface PushedRequests {
  insert(request: PushedRequest): Promise<void>;
  /** Takes it for a flow, once. `undefined` if unknown, another client's, past or taken. */
  claim(digest: Digest, clientId: ClientId, flowId: FlowId, now: Date): Promise<PushedRequest | undefined>;
  /** Also one that was taken: a page that reloads finds its flow. */
  find(digest: Digest, clientId: ClientId): Promise<PushedRequest | undefined>;
  removeExpired(before: Date, limit: number): Promise<number>;
}
