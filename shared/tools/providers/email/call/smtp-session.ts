import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { Egress } from '../../../../platform/server/egress/egress.ts';
import { untilAborted } from '../../../../platform/server/until-aborted.ts';
import type { CallContext } from '../../../server/provider.ts';
import type { EmailConfig } from '../config.ts';
import { tlsOf } from '../mail-server.ts';
import type { Mail } from './compose-mail.ts';
import { MailError, type MailStage } from './mail-error.ts';

/** Who signs in: with a password, or with an access token (XOAUTH2). */
export type Login = { user: string; password: string } | { user: string; token: string };

/** What the server has taken, and for whom. */
export interface Delivery {
  accepted: string[];
  rejected: { address: string; response: string }[];
  /** The last reply. */
  response: string;
}

type SmtpError = Error & {
  code?: string;
  command?: string;
  response?: string;
  originalCode?: string;
  rejectedErrors?: SmtpError[];
};

/** Of one reply. */
const maxResponseSize = 16_384;
/** How long the connection stays for the reply to QUIT. */
const quitMs = 2_000;

/**
 * Hands one message over, on a connection of its own.
 * @param target `smtp://host:port`
 * @throws MailError, EgressError
 */
export async function deliver(
  egress: Egress,
  config: EmailConfig,
  target: URL,
  { sender, recipients, raw, messageId }: Mail,
  login: Login | null,
  context: CallContext,
): Promise<Delivery> {
  const { signal, tenantId, caller, privateHosts, allowedHosts } = context;
  const [host, port] = [target.hostname.replace(/^\[|\]$/g, ''), Number(target.port)];
  const reach = { tenantId, caller, privateHosts, allowedHosts, signal, protocol: 'SMTP' };
  const connection = new SMTPConnection({
    ...{ host, port, connection: await egress.connect({ ...reach, host, port }) },
    ...tlsOptions(config),
    // The name of this machine is no one's business.
    name: '[127.0.0.1]',
    ...{ maxResponseSize, socketCloseTimeout: 0 },
  });
  let [handedOver, withheld] = [false, false];
  const bytes = Readable.from(
    (function* () {
      withheld = !context.maySend();
      if (withheld) throw new Error('withheld');
      handedOver = true;
      context.onSent({ 'Message-ID': messageId });
      yield raw;
    })(),
  );
  const broken = Promise.withResolvers<never>();
  connection.on('error', broken.reject);
  const until = <T>(work: Promise<T>): Promise<T> =>
    untilAborted(Promise.race([work, broken.promise]), signal);
  broken.promise.catch(() => {});
  try {
    await until(settled((done) => connection.connect((error) => done(error ?? null, true))));
    if (login) await until(settled((done) => connection.login(authOf(login), done)));
    const sent = await until(
      settled<SMTPConnection.SentMessageInfo>((done) =>
        connection.send({ from: sender, to: recipients, size: raw.length }, bytes, done),
      ),
    );
    connection.quit();
    setTimeout(() => connection.close(), quitMs).unref();
    return { accepted: sent.accepted, rejected: rejectedBy(sent.rejectedErrors), response: sent.response };
  } catch (error) {
    const last = connection.lastServerResponse;
    connection.close();
    bytes.destroy();
    throw mailError(error as SmtpError, { handedOver, withheld, last: last || '' });
  }
}

function tlsOptions(config: EmailConfig): SMTPConnection.Options {
  const mode = tlsOf(config);
  return {
    secure: mode === 'implicit',
    requireTLS: mode === 'starttls',
    ignoreTLS: mode === 'none',
    tls: { minVersion: 'TLSv1.2', ...(config.ca !== undefined && { ca: config.ca }) },
  };
}

function authOf(login: Login): SMTPConnectionAuth {
  const { user } = login;
  if ('password' in login) return { user, pass: login.password };
  // Tokens are fetched through the egress guard: here is the one that there is, and no other.
  const provisionCallback: SMTPConnection.OAuth2['provisionCallback'] = (_user, renew, done) =>
    renew ? done(new Error('The server refused the token')) : done(null, login.token);
  return { user, oauth2: new XOAuth2({ user, provisionCallback }) };
}

/** A promise of what a callback gets. */
function settled<T>(begin: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) =>
    begin((error, result) => (error ? reject(error) : resolve(result as T))),
  );
}

const rejectedBy = (errors: readonly Error[] = []): Delivery['rejected'] =>
  (errors as (SmtpError & { recipient?: string })[]).map(({ recipient = '', response = '' }) => ({
    address: recipient,
    response,
  }));

function mailError(
  error: SmtpError,
  { handedOver, withheld, last }: { handedOver: boolean; withheld: boolean; last: string },
): MailError {
  const stage = stageOf(error);
  // Of a token that was refused, the error does not have the reply.
  const reply = error.response ?? (stage === 'sign-in' && /^[45]\d\d/.test(last) ? last : null);
  const shown = stage === 'TLS' ? error.message.replace(/^Error initiating TLS - /, '') : null;
  const detail = error.originalCode ?? shown;
  const rejected = rejectedBy(error.rejectedErrors);
  return new MailError(stage, { response: reply, handedOver, withheld, detail, rejected }, error);
}

const tlsCode = /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

function stageOf({ code, command, originalCode = '' }: SmtpError): MailStage {
  if (code === 'ETLS' || tlsCode.test(originalCode)) return 'TLS';
  if (code === 'EAUTH') return 'sign-in';
  const byCommand: Record<string, MailStage> = {
    'MAIL FROM': 'sender',
    'RCPT TO': 'recipients',
    DATA: 'message',
  };
  return byCommand[command ?? ''] ?? 'connection';
}
