declare const kind: unique symbol;

/** A string or number that cannot be taken for another one, though both look the same. */
export type Brand<Value, Kind extends string> = Value & { readonly [kind]: Kind };

export type AppId = Brand<string, 'AppId'>;
export type ClientId = Brand<string, 'ClientId'>;
export type UserId = Brand<string, 'UserId'>;
export type FlowId = Brand<string, 'FlowId'>;
export type ChallengeId = Brand<string, 'ChallengeId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type GrantId = Brand<string, 'GrantId'>;
export type PasskeyId = Brand<string, 'PasskeyId'>;
export type TotpId = Brand<string, 'TotpId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
export type RecoveryCodeId = Brand<string, 'RecoveryCodeId'>;
export type ContactChangeId = Brand<string, 'ContactChangeId'>;

/** What is stored of a secret: its hash, bound to a purpose. */
export type Digest = Brand<string, 'Digest'>;

/** What is stored of something that must be read back: encrypted, bound to its row, under a versioned key. */
export type Sealed = Brand<string, 'Sealed'>;

/** An e-mail address in the one form that is compared. Only `users/canonical.ts` makes one. */
export type CanonicalEmail = Brand<string, 'CanonicalEmail'>;

/** A username in the one form that is compared. Only `users/canonical-username.ts` makes one. */
export type CanonicalUsername = Brand<string, 'CanonicalUsername'>;

/** A phone number in the one form that is compared, E.164. Only `users/canonical-phone.ts` makes one. */
export type CanonicalPhone = Brand<string, 'CanonicalPhone'>;
