import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface DemoMail extends Email {
  id: number;
  /** ISO 8601. */
  receivedAt: string;
  /** Whom the envelope names: with blind copies. */
  recipients: string[];
}

/** Keeps the last messages that demo tools and invitations send; nothing leaves this machine. */
export interface Mailbox {
  /** Newest first. */
  list(): readonly DemoMail[];
  /** `host:port` of each of its servers. */
  hosts: readonly string[];
  stop(): Promise<void>;
}

const maxMails = 200;
const maxBytes = 25 * 1024 * 1024;

/** @param ports a mail server listens on each of them; 0 for any free port */
export async function openMailbox(ports: readonly number[]): Promise<Mailbox> {
  const mails: DemoMail[] = [];
  let count = 0;
  const keep = async (raw: Buffer, recipients: string[]) => {
    const mail = await PostalMime.parse(raw);
    mails.unshift({ ...mail, id: ++count, receivedAt: new Date().toISOString(), recipients });
    mails.splice(maxMails);
  };
  const servers = await Promise.all(ports.map((port) => listen(port, keep)));
  return {
    list: () => mails,
    hosts: servers.map(({ server }) => `127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: async () => {
      await Promise.all(
        servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
      );
    },
  };
}

async function listen(
  port: number,
  keep: (raw: Buffer, recipients: string[]) => Promise<void>,
): Promise<SMTPServer> {
  const server = new SMTPServer({
    // It listens on this machine only, for anyone.
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], size: maxBytes, closeTimeout: 500 },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error('The message is too large'), { responseCode: 552 }));
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        keep(Buffer.concat(chunks), recipients).then(() => done(null), done);
      });
    },
  });
  server.on('error', (error) => console.error(error));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
