import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';

/** A WebSocket of a test, and what it has received. */
export interface TestSocket {
  socket: WebSocket;
  // biome-ignore lint/suspicious/noExplicitAny: tests read messages of many shapes
  messages: any[];
  closed: Promise<{ code: number; reason: string }>;
  stop(): Promise<unknown>;
}

/** @throws Error with the status and the body when the server refuses */
export async function openSocket(
  url: string,
  headers: Record<string, string>,
  protocol?: string,
): Promise<TestSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocol, { headers });
  const messages: unknown[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  const opened = Promise.withResolvers<void>();
  socket.once('open', opened.resolve);
  socket.once('unexpected-response', (_request, response: IncomingMessage) => {
    text(response).then(
      (body) => opened.reject(new Error(`${response.statusCode} ${body}`)),
      (error: unknown) => opened.reject(error),
    );
  });
  socket.on('error', opened.reject);
  await opened.promise;
  return {
    socket,
    messages,
    closed,
    stop: () => {
      socket.terminate();
      return closed;
    },
  };
}
