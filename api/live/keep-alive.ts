import type { WebSocket } from 'ws';

/** Ends a connection whose client has not responded to the last ping: it is gone, or reads nothing. */
export function keepAlive(socket: WebSocket, pingMs: number): void {
  let responded = true;
  socket.on('pong', () => {
    responded = true;
  });
  const timer = setInterval(() => {
    if (!responded) {
      socket.terminate();
      return;
    }
    responded = false;
    socket.ping();
  }, pingMs);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
