import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy between two parts, which can misbehave as a network does. */
export interface NetworkGate {
  port: number;
  /** Breaks all connections and refuses new ones, until `heal`. */
  cut(): Promise<void>;
  /** Connections stay open and carry nothing, until `heal`. */
  stall(): void;
  /** Every message takes so much longer, until `heal`. */
  slow(ms: number): void;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** Forwards a port of this machine to another one. */
export async function openNetworkGate(port: number, targetPort: number): Promise<NetworkGate> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let latencyMs = 0;
  let stalled = false;

  const join = (from: Socket, to: Socket) => {
    sockets.add(from);
    if (stalled) from.pause();
    from.setNoDelay();
    from.on('error', () => {});
    const delayed: Buffer[] = [];
    const send = (chunk: Buffer | undefined) => {
      if (chunk === undefined || to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => stalled || from.resume());
    };
    from.on('data', (chunk: Buffer) => {
      if (latencyMs === 0 && delayed.length === 0) return send(chunk);
      // Each timer sends the oldest message, so that they stay in order when the latency changes.
      delayed.push(chunk);
      setTimeout(() => send(delayed.shift()), latencyMs);
    });
    from.once('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const opening = createServer((inner) => {
        const outer = connect(targetPort, '127.0.0.1');
        join(inner, outer);
        join(outer, inner);
      });
      opening.once('error', reject).listen(port, '127.0.0.1', () => {
        server = opening;
        resolve();
      });
    });
  const shut = async () => {
    const closing = server;
    server = null;
    if (!closing) return;
    const closed = new Promise((resolve) => closing.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  await open();
  return {
    port,
    cut: shut,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    slow(ms) {
      latencyMs = ms;
    },
    async heal() {
      latencyMs = 0;
      if (stalled) {
        stalled = false;
        for (const socket of sockets) socket.resume();
      }
      if (!server) await open();
    },
    close: shut,
  };
}
