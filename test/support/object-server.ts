import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMoto } from './kms-server.ts';

export const bucket = 'interlock-files';

export interface ObjectServer {
  /** The settings of a process that keeps its files there. */
  env: Record<string, string>;
  asked: { method: string; path: string; headers: IncomingHttpHeaders; status: number }[];
  /** `away`: requests get no response; `busy`: 503; `other-bytes`: what is read has a byte changed. */
  mood: 'well' | 'away' | 'busy' | 'other-bytes';
  /** The names of all objects. */
  names(): Promise<string[]>;
  /** Removes one behind the back of Interlock. */
  lose(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A server with the interface of S3, behind a door that can be closed. It compares what it gets with its signed SHA-256. */
export async function startObjectServer(): Promise<ObjectServer> {
  const { target, child } = await startMoto();
  const made = await fetch(`${target}/${bucket}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`No bucket: ${made.status} ${await made.text()}`);
  const door = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const asked = { method, path, headers, status: 0 };
      server.asked.push(asked);
      if (server.mood === 'away') return outgoing.destroy();
      if (server.mood === 'busy') {
        asked.status = 503;
        return outgoing.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      }
      const onward = send(`${target}${path}`, { method, headers }, (response) => {
        const body: Buffer[] = [];
        response.on('data', (chunk: Buffer) => body.push(chunk));
        response.on('end', () => {
          asked.status = response.statusCode!;
          const bytes = Buffer.concat(body);
          if (server.mood === 'other-bytes' && bytes.length > 0) bytes[bytes.length - 1]! ^= 1;
          outgoing.writeHead(asked.status, response.headers).end(bytes);
        });
      });
      onward.end(Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const server: ObjectServer = {
    env: {
      INTERLOCK_FILES_BUCKET: bucket,
      INTERLOCK_FILES_ENDPOINT: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      INTERLOCK_FILES_REGION: 'eu-central-1',
      INTERLOCK_FILES_ACCESS_KEY_ID: 'files-key',
      INTERLOCK_FILES_SECRET_ACCESS_KEY: 'files-secret',
      INTERLOCK_FILES_ENCRYPTION: 'AES256',
    },
    asked: [],
    mood: 'well',
    async names() {
      const list = await (await fetch(`${target}/${bucket}?list-type=2`)).text();
      return [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, name]) => name!);
    },
    async lose(name) {
      const { status } = await fetch(`${target}/${bucket}/${name}`, {
        method: 'DELETE',
        headers: { authorization: 'AWS key:signature' },
      });
      if (status !== 204) throw new Error(`${name} is still there: ${status}`);
    },
    async close() {
      child.kill();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
  return server;
}
