import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy to a server that can be shut and opened, as by a network failure or a restart. */
export interface TcpGate {
  open(): Promise<void>;
  /** Refuses new connections and breaks the present ones. */
  shut(): Promise<void>;
  /** Keeps back what the server sends, as a slow network does; what clients send still arrives. */
  hold(): void;
  /** Lets through what was held. */
  release(): void;
}

/** Forwards a local port to a server on this machine. Shut until it is opened. */
export function createTcpGate(port: number, target: { host: string; port: number }): TcpGate {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let held: (() => void)[] | null = null;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  return {
    open: () =>
      new Promise((resolve, reject) => {
        server = createServer((inner) => {
          const outer = connect(target);
          keep(inner);
          keep(outer);
          inner.pipe(outer);
          outer.on('data', (data) => {
            const forward = () => inner.writable && inner.write(data);
            if (held) held.push(forward);
            else forward();
          });
          outer.once('end', () => inner.end());
          inner.once('close', () => outer.destroy());
          outer.once('close', () => inner.destroy());
        });
        server.once('error', reject).listen(port, '127.0.0.1', resolve);
      }),
    shut: async () => {
      const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
      for (const socket of sockets) socket.destroy();
      await closed;
      server = null;
    },
    hold: () => {
      held ??= [];
    },
    release: () => {
      const forwards = held ?? [];
      held = null;
      for (const forward of forwards) forward();
    },
  };
}
