import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy to a server that can be shut and opened, as by a network failure or a restart. */
export interface TcpGate {
  open(): Promise<void>;
  /** Refuses new connections and breaks the present ones. */
  shut(): Promise<void>;
  /**
   * Breaks the next connection on which the client sends `text`: after the server has responded to it, so that the
   * response is lost, or before the server gets it. @returns resolves when that has happened
   */
  breakAt(text: string, lost: 'response' | 'request'): Promise<void>;
  /** Keeps back what the server sends, as a slow network does; what clients send still arrives. */
  hold(): void;
  /** Lets through what was held. */
  release(): void;
}

interface Break {
  text: string;
  lost: 'response' | 'request';
  done: () => void;
}

/** Forwards a local port to a server on this machine. Shut until it is opened. */
export function createTcpGate(port: number, target: { host: string; port: number }): TcpGate {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let next: Break | null = null;
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
          inner.on('data', (sent: Buffer) => {
            if (!next || !sent.includes(next.text)) return void outer.write(sent);
            const { lost, done } = next;
            next = null;
            const cut = () => {
              inner.destroy();
              done();
            };
            if (lost === 'request') return cut();
            outer.removeAllListeners('data').once('data', cut).write(sent);
          });
          outer.on('data', (received: Buffer) => {
            const forward = () => inner.writable && inner.write(received);
            if (held) held.push(forward);
            else forward();
          });
          inner.once('end', () => outer.end());
          outer.once('end', () => inner.end());
          inner.once('close', () => outer.destroy());
          outer.once('close', () => inner.destroy());
        });
        server.once('error', reject).listen(port, '127.0.0.1', resolve);
      }),
    breakAt: (text, lost) =>
      new Promise((done) => {
        next = { text, lost, done };
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
