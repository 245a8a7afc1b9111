import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { secureSocket } from '../../../../platform/server/egress/secure-socket.ts';
import { engineFacts } from '../../../database/engines.ts';
import type { DatabaseCall } from './database-call.ts';
import { DatabaseFailure } from './database-failure.ts';

/** Opens a connection through the egress guard. @throws EgressError */
export function openConnection(
  { egress, context, address, config }: DatabaseCall,
  signal: AbortSignal,
): Promise<Socket> {
  const { tenantId, caller, privateHosts, allowedHosts } = context;
  return egress.connect({
    tenantId,
    caller,
    privateHosts,
    allowedHosts,
    protocol: engineFacts(config.engine).protocol,
    host: address.host,
    port: address.port,
    signal,
  });
}

/** Whether this connection has TLS. */
export function needsTls({ config: { tls, ca }, context, address }: DatabaseCall): boolean {
  if (tls === 'off') return false;
  if (tls === 'required' || ca !== undefined) return true;
  return !context.privateHosts.some((listed) => listed.toLowerCase() === address.hostPort);
}

/** @throws EgressError */
export function withTls(
  { address, config }: DatabaseCall,
  socket: Socket,
  signal: AbortSignal,
): Promise<Socket> {
  return secureSocket(socket, { host: address.host, ca: config.ca, shown: address.hostPort, signal });
}

/** What a server may send besides rows: its greeting, the sign-in, the names of columns. */
const besides = 256 * 1024;

/** Counts what a server sends. @returns takes the length of a chunk; throws when there was too much */
export function byteCount({ config, effect, address }: DatabaseCall): (bytes: number) => void {
  let received = 0;
  return (bytes) => {
    received += bytes;
    if (received <= config.maxResponseBytes + besides) return;
    throw tooLarge(config.maxResponseBytes, address.host, effect.sent === 'before' && !config.readOnly);
  };
}

function tooLarge(maxBytes: number, host: string, undone: boolean): DatabaseFailure {
  const nothing = undone ? ' Nothing was written.' : '';
  return new DatabaseFailure({
    code: 'invalid_output',
    message: `The result of ${host} is larger than ${maxBytes} bytes.${nothing} Select fewer columns or rows, or raise the limit`,
    sent: undone ? 'before' : 'responded',
    transient: false,
  });
}

/**
 * Everything that listens to the stream's data is counted, and an error in it ends the stream and not the process: what a
 * server sends is read by a library that believes it.
 */
export function guardedReads<S extends Duplex>(
  stream: S,
  count: (bytes: number) => void,
  check: (chunk: Buffer) => void = () => {},
): S {
  const on = stream.on.bind(stream);
  return Object.assign(stream, {
    on(event: string, listener: (...values: unknown[]) => void): S {
      on(event, event === 'data' ? guarded(listener) : listener);
      return stream;
    },
  });

  function guarded(listener: (chunk: Buffer) => void) {
    return (chunk: Buffer) => {
      try {
        count(chunk.length);
        check(chunk);
        listener(chunk);
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error('The response cannot be read'));
      }
    };
  }
}
