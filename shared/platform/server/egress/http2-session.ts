import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { isIP, type Socket } from 'node:net';
import { connect as startTls } from 'node:tls';
import { untilAborted } from '../until-aborted.ts';
import type { Egress, EgressConnection } from './egress.ts';
import { EgressError, wordsOf } from './egress-error.ts';
import type { TlsIdentity } from './guarded-connector.ts';

export interface Http2Connection extends EgressConnection {
  /** Null: without TLS. */
  tls: { identity: TlsIdentity | undefined } | null;
}

/** Of the headers of a response, in bytes. */
const maxHeaderBytes = 65_536;

/**
 * An HTTP/2 connection through the guard, for one call. The server has sent its settings, so it does speak HTTP/2.
 * @returns a session that the caller destroys
 * @throws EgressError, EgressRefused; nothing was sent then but the beginning of the connection
 */
export async function openHttp2(egress: Egress, connection: Http2Connection): Promise<ClientHttp2Session> {
  const { signal, tls, host, port } = connection;
  const shown = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  let socket = await egress.connect(connection);
  try {
    if (tls) socket = await withTls(socket, host, shown, tls.identity, signal);
    const session = connect(`${tls ? 'https' : 'http'}://${shown}`, {
      createConnection: () => socket,
      maxSessionMemory: 20,
      settings: { enablePush: false, maxHeaderListSize: maxHeaderBytes },
    });
    // What happens later is seen by the streams of the session.
    session.on('error', () => {});
    await untilAborted(ready(session, shown), signal, () => session.destroy());
    return session;
  } catch (error) {
    socket.destroy();
    if (error instanceof EgressError) throw error;
    if (signal.aborted)
      throw new EgressError('aborted', 'before', `No connection to ${shown} in time`, { cause: error });
    throw new EgressError('unreachable', 'before', wordsOf(error, shown), { cause: error });
  }
}

async function withTls(
  socket: Socket,
  host: string,
  shown: string,
  identity: TlsIdentity | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  const secured = startTls({
    socket,
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ALPNProtocols: ['h2'],
    ...(identity && {
      cert: identity.certificate,
      key: identity.privateKey,
      passphrase: identity.passphrase,
      ca: identity.ca,
    }),
  });
  await untilAborted(once(secured, 'secureConnect'), signal, () => secured.destroy()).catch((error) => {
    secured.on('error', () => {}).destroy();
    throw error;
  });
  if (secured.alpnProtocol === 'h2') return secured;
  secured.destroy();
  throw new EgressError('unreachable', 'before', `${shown} does not offer HTTP/2, which gRPC requires`);
}

async function ready(session: ClientHttp2Session, shown: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const problem = () =>
    reject(
      new EgressError(
        'unreachable',
        'before',
        `${shown} closed the connection, or does not speak HTTP/2. Check the port, and whether it requires TLS`,
      ),
    );
  session.once('remoteSettings', () => resolve());
  session.once('error', problem);
  session.once('close', problem);
  session.setTimeout(0);
  await promise;
  session.off('error', problem);
  session.off('close', problem);
}

export const refusedStream = constants.NGHTTP2_REFUSED_STREAM;
export const cancelStream = constants.NGHTTP2_CANCEL;
