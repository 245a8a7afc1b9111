import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { untilAborted } from '../until-aborted.ts';
import { EgressError, wordsOf } from './egress-error.ts';

/**
 * TLS over a connection that the guard has opened. The certificate must be valid for the host.
 * @param host a name or an address, IPv6 without brackets
 * @param ca PEM of the authorities that it must come from; undefined: the public ones
 * @throws EgressError; the socket is destroyed then
 */
export async function secureSocket(
  socket: Socket,
  { host, ca, shown, signal }: { host: string; ca: string | undefined; shown: string; signal: AbortSignal },
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const secure = connect({ socket, host, ca, ...(isIP(host) === 0 && { servername: host }) });
  secure.once('error', reject).once('secureConnect', () => resolve(secure));
  secure.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  try {
    return await untilAborted(promise, signal);
  } catch (error) {
    secure.on('error', () => {}).destroy();
    if (signal.aborted) throw new EgressError('aborted', 'before', `No connection to ${shown} in time`);
    throw new EgressError('unreachable', 'before', wordsOf(error, shown), { cause: error });
  }
}
