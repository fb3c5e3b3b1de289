import type { Sealed } from '../model/ids.ts';
import type { Mail, QueuedMail } from '../model/mail.ts';
import type { Vault } from '../ports/vault.ts';

function binding(id: string): string {
  return `outbox.sealed:${id}`;
}

/** A mail carries a code or a link in the clear, so it is stored sealed, for its row alone. */
export function sealMail(id: string, mail: Mail, vault: Vault): Sealed {
  return vault.seal(JSON.stringify(mail), binding(id));
}

/** What `sealMail` sealed; nothing else opens there. */
export function openMail({ id, sealed }: QueuedMail, vault: Vault): Mail {
  return JSON.parse(vault.open(sealed, binding(id))) as Mail;
}
