import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Issued } from './certificates.ts';

export interface ReceivedMail {
  /** Of the envelope. */
  from: string;
  to: string[];
  /** Who has signed in. */
  user: string | undefined;
  secure: boolean;
  raw: string;
}

export interface MailServer {
  port: number;
  hostPort: string;
  mails: ReceivedMail[];
  /** Open connections. */
  connections(): number;
  /** Ends every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

/** What a mail server does with a message that it has; it may end the connection instead of replying. */
export type Took = (mail: ReceivedMail, session: SMTPServerSession, reply: (error?: Error) => void) => void;

/** A real mail server on the loopback address. */
export async function startMailServer({
  took,
  tls,
  ...options
}: SMTPServerOptions & { took?: Took; tls?: Issued } = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    ...(tls ? { cert: tls.certificate, key: tls.privateKey } : { hideSTARTTLS: true }),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          user: session.user === undefined ? undefined : String(session.user),
          secure: session.secure,
          raw: Buffer.concat(chunks).toString(),
        };
        mails.push(mail);
        if (took) took(mail, session, (error) => done(error));
        else done(null);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    hostPort: `127.0.0.1:${port}`,
    mails,
    connections: () => sockets.size,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A refusal with its code. */
export const refusal = (code: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode: code });
