import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import { openDatabase } from '../../shared/platform/db/database.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { createEgress } from '../../shared/platform/server/egress/egress.ts';
import { createReservedHosts } from '../../shared/platform/server/egress/reserved-hosts.ts';
import { createLocalKeyRing } from '../../shared/platform/server/key-ring.ts';
import { createKeyedDigest } from '../../shared/platform/server/keyed-digest.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { renderRequest } from '../../shared/tools/providers/registry.ts';
import type { CallContext, CallResult } from '../../shared/tools/server/provider.ts';
import { callProvider, createProviders } from '../../shared/tools/server/providers.ts';
import { type ToolDefinition, toolDefinitionSchema } from '../../shared/tools/tool-definition.ts';

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Loopback {
  port: number;
  url: string;
  hostPort: string;
  received: Received[];
  connections(): number;
}

const closers: (() => Promise<unknown>)[] = [];

/** Ends every server and connection of a test. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** A real server on the loopback address that keeps its requests. */
export async function serve(
  respond: (received: Received, response: ServerResponse) => void,
): Promise<Loopback> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const entry = {
      method: request.method!,
      url: request.url!,
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    received.push(entry);
    respond(entry, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    received,
    connections: () => connections,
  };
}

export const json = (
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export interface Call extends Partial<CallContext> {
  config: Record<string, unknown>;
  tool?: Record<string, unknown>;
  input?: JsonValue;
  timeoutMs?: number;
}

/** Renders and calls as an execution does, with its own connections and tokens. */
export function caller(...servers: Loopback[]) {
  const egress = createEgress(createReservedHosts([]));
  const db = openDatabase(inject('servers').databaseUrl);
  closers.push(
    () => egress.close(),
    () => db.close(),
  );
  const key = { id: 'test', key: randomBytes(32).toString('base64') };
  const vault = createVault(createLocalKeyRing([key]));
  const providers = createProviders({ egress, db, vault, digest: createKeyedDigest('test') });
  const ownTenant = uuidv7();
  return async ({
    config,
    tool,
    input = {},
    timeoutMs = 5000,
    ...context
  }: Call): Promise<CallResult & { sentCalls: number; secrets: string[] }> => {
    const definition: ToolDefinition = toolDefinitionSchema.parse({
      name: 'some_tool',
      type: 'http',
      config,
      ...tool,
    });
    let sentCalls = 0;
    const secrets: string[] = [];
    const result = await callProvider(
      definition,
      renderRequest(definition, input),
      {
        tenantId: ownTenant,
        executionId: 'e1',
        attempt: 1,
        idempotencyKey: null,
        signal: AbortSignal.timeout(timeoutMs),
        secret: null,
        previousSecret: null,
        onPrevious: () => {},
        refusesTarget: () => null,
        privateHosts: servers.map(({ hostPort }) => hostPort),
        allowedHosts: null,
        caller: { type: 'tool', id: 't1' },
        maySend: () => true,
        onSent: () => sentCalls++,
        onSecret: (secret) => secrets.push(secret),
        heartbeat: () => {},
        ...context,
      },
      providers,
    );
    return { ...result, sentCalls, secrets };
  };
}
