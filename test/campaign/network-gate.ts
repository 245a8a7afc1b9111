import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy between two parts, which can misbehave as a network does. */
export interface NetworkGate {
  port: number;
  /** Breaks all connections and refuses new ones, until `heal`. */
  cut(): Promise<void>;
  /** Connections stay open and carry nothing, until `heal`. */
  stall(): void;
  /** Messages that wait for `heal`, or for the end of their delay. */
  held(): number;
  /** Every message takes so much longer, until `heal`. */
  slow(ms: number): void;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** Forwards a port of this machine to another one. */
export async function openNetworkGate(port: number, targetPort: number): Promise<NetworkGate> {
  const sockets = new Set<Socket>();
  /** What has not been passed on, for each direction of each connection, and how to do so. */
  const queues = new Map<Buffer[], (chunk: Buffer | undefined) => void>();
  let server: Server | null = null;
  let latencyMs = 0;
  let stalled = false;

  const join = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.setNoDelay();
    from.on('error', () => {});
    const queue: Buffer[] = [];
    const send = (chunk: Buffer | undefined) => {
      if (chunk === undefined || to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
    };
    queues.set(queue, send);
    from.on('data', (chunk: Buffer) => {
      if (!stalled && latencyMs === 0 && queue.length === 0) return send(chunk);
      // Each timer sends the oldest message, so that they stay in order when the latency changes.
      queue.push(chunk);
      setTimeout(() => stalled || send(queue.shift()), latencyMs);
    });
    from.once('close', () => {
      sockets.delete(from);
      queues.delete(queue);
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
    held: () => [...queues.keys()].reduce((sum, queue) => sum + queue.length, 0),
    stall() {
      stalled = true;
    },
    slow(ms) {
      latencyMs = ms;
    },
    async heal() {
      latencyMs = 0;
      stalled = false;
      for (const [queue, send] of queues) for (const chunk of queue.splice(0)) send(chunk);
      if (!server) await open();
    },
    close: shut,
  };
}
