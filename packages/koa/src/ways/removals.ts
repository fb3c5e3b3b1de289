import type { RemovedKind } from '../delivery/templates/removed.mail.ts';
import type { AuditKind } from '../model/audit-event.ts';
import type { Identity } from '../model/identity.ts';
import type { PasskeyId, TotpId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { Possessions } from './possessions.ts';

/** Something that a user has, on its way out. */
export interface Removal {
  readonly kind: RemovedKind;
  readonly audit: AuditKind;
  readonly left: Possessions;
  /** The provider's, where it is one. */
  readonly name: string;
  readonly detail?: Readonly<Record<string, string>>;
  /** `false` if somebody was faster. */
  readonly remove: (store: Store) => Promise<boolean>;
}

/** Finds what is to go among what the user has; `undefined` if they have no such thing. */
export type FindRemoval = (had: Possessions) => Removal | undefined;

export function passkeyRemoval(id: PasskeyId): FindRemoval {
  return (had) => {
    const { user, passkeys } = had;
    const found = passkeys.find((passkey) => passkey.id === id);
    return found && {
      kind: 'passkey', audit: 'passkey_removed', name: '',
      left: { ...had, passkeys: passkeys.filter((passkey) => passkey !== found) },
      remove: (store) => store.passkeys.remove(id, user.id),
    };
  };
}

export function totpRemoval(id: TotpId): FindRemoval {
  return (had) => {
    const { user, totps } = had;
    const found = totps.find((totp) => totp.id === id);
    return found && {
      kind: 'totp', audit: 'totp_removed', name: '',
      left: { ...had, totps: totps.filter((totp) => totp !== found) },
      remove: (store) => store.totps.remove(id, user.id),
    };
  };
}

/** @param nameOf what people call a provider */
export function identityRemoval(id: string, vault: Vault, nameOf: (provider: string) => string): FindRemoval {
  return (had) => {
    const { identities } = had;
    const found = identities.find((identity) => identityIdOf(identity, vault) === id);
    return found && {
      kind: 'identity', audit: 'identity_unlinked', name: nameOf(found.provider), detail: { provider: found.provider },
      left: { ...had, identities: identities.filter((identity) => identity !== found) },
      remove: (store) => store.identities.remove(found),
    };
  };
}

/** A name for addresses: who somebody is at a provider stands in none. */
export function identityIdOf({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>, vault: Vault): string {
  return vault.digest('identity', JSON.stringify([issuer, subject]));
}
