import type { Sealed } from '../model/ids.ts';
import type { Mail, QueuedMail } from '../model/mail.ts';
import type { Sms } from '../model/sms.ts';
import type { Vault } from '../ports/vault.ts';

/** What waits in the outbox. `nothing` is delivered by doing nothing: it stands for what a stranger is not sent. */
export type Letter =
  | { readonly kind: 'mail'; readonly mail: Mail }
  | { readonly kind: 'sms'; readonly sms: Sms }
  | { readonly kind: 'nothing' };

function binding(id: string): string {
  return `outbox.sealed:${id}`;
}

/** A letter carries a code or a link in the clear, so it is stored sealed, for its row alone. */
export function sealLetter(id: string, letter: Letter, vault: Vault): Sealed {
  return vault.seal(JSON.stringify(letter), binding(id));
}

/** What `sealLetter` sealed; nothing else opens there. Before there were SMS a mail was sealed without its kind. */
export function openLetter({ id, sealed }: QueuedMail, vault: Vault): Letter {
  const opened = JSON.parse(vault.open(sealed, binding(id))) as Letter | Mail;
  return 'kind' in opened ? opened : { kind: 'mail', mail: opened };
}
