import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real mail server on this machine that keeps what it is given. */
export interface MailServer {
  readonly url: string;
  readonly port: number;
  /** In the order in which they came. */
  readonly mails: ParsedMail[];
  /** The addresses of each mail's envelope, in the same order. */
  readonly recipients: (readonly string[])[];
  /** From now on every mail is refused for a while (or not any more). */
  refuse(isRefusing: boolean): void;
  close(): Promise<void>;
}

/** Opens one on a free port, or on `port`. */
export async function openMailServer(port = 0): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const recipients: (readonly string[])[] = [];
  let isRefusing = false;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      done(isRefusing ? Object.assign(new Error('come back later'), { responseCode: 451 }) : undefined);
    },
    onData(stream, session, done) {
      simpleParser(stream, (fault: Error | null, mail) => {
        if (!fault) {
          mails.push(mail);
          recipients.push(session.envelope.rcptTo.map((to) => to.address));
        }
        done(fault);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: open } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${open}`,
    port: open,
    mails,
    recipients,
    refuse(refusing) {
      isRefusing = refusing;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
