import { refuseUnknown } from '@portico/contract';
import { createTransport } from 'nodemailer';
import type { Mailer } from '../ports/mailer.ts';

/** What a host may say of its mail server beside the URL. */
export interface SmtpOptions {
  /** The sender's address. Needed unless the user of the URL is one. The sender's name is the app's. */
  readonly from?: string;
  /**
   * Refuse to send without TLS. Certificates are always checked.
   *
   * @default true where the URL has a password and the server is not this machine
   */
  readonly requiresTls?: boolean;
  /** Connections that are kept open. @default 5 */
  readonly connections?: number;
  /** One mail may take as long. @default 60 */
  readonly timeoutSeconds?: number;
}

/** A mailer that keeps connections open between mails. */
export interface SmtpMailer extends Mailer {
  /** Closes them, so that the process may end. The next mail opens new ones. */
  close(): void;
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function parseUrl(url: string | undefined): URL {
  if (url === undefined || url === '') {
    throw new Error('smtp() needs the URL of a mail server, such as smtps://user:password@mail.example:465');
  }
  // The URL may hold a password, and the parser's error would show it.
  if (!URL.canParse(url)) throw new Error('smtp() got a URL that is not one');
  const parsed = new URL(url);
  if (parsed.protocol !== 'smtp:' && parsed.protocol !== 'smtps:') {
    throw new Error(`smtp() needs an smtp: or smtps: URL, not ${parsed.protocol}`);
  }
  return parsed;
}

function senderOf(user: string, from: string | undefined): string {
  const sender = from ?? user;
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(sender)) {
    throw new Error('smtp() needs a sender: give `from`, one plain address such as login@example.com');
  }
  return sender;
}

function connectionOptions(url: URL, options: SmtpOptions) {
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  const isSecure = url.protocol === 'smtps:';
  return {
    pool: true as const,
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: options.requiresTls ?? (pass !== '' && !loopback.has(url.hostname)),
    maxConnections: options.connections ?? 5,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    // A template never makes the server read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

/**
 * Sends mail over SMTP, each to exactly one mailbox.
 *
 * @param url `smtp://` (STARTTLS, port 587) or `smtps://` (TLS, port 465), with user and password percent-encoded.
 * @throws {Error} at start-up, if the URL or the sender is missing or malformed.
 */
export function smtp(url: string | undefined, options: SmtpOptions = {}): SmtpMailer {
  refuseUnknown('smtp()', options, { from: true, requiresTls: true, connections: true, timeoutSeconds: true });
  const parsed = parseUrl(url);
  const sender = senderOf(decodeURIComponent(parsed.username), options.from);
  const connect = () => createTransport(connectionOptions(parsed, options));
  let transport: ReturnType<typeof connect> | undefined;
  const timeoutMs = (options.timeoutSeconds ?? 60) * 1_000;
  return {
    async send({ to, fromName, subject, html, text }) {
      transport ??= connect();
      await transport.sendMail({
        from: { name: fromName, address: sender },
        // An object, never a string: a string is parsed, and may name another mailbox (GHSA-5jpx-9hw9-2fx4).
        to: { name: '', address: to },
        subject,
        html,
        text,
        // Nobody's holiday notice should answer (RFC 3834, section 5).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        signal: AbortSignal.timeout(timeoutMs),
      });
    },
    close() {
      transport?.close();
      transport = undefined;
    },
  };
}
