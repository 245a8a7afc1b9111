import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export type Json = Record<string, unknown>;

/** The product as another program uses it: over HTTP, with an API key. */
export interface ProductClient {
  /** @throws Error with the response of any status but 2xx */
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Json>;
  /** Of any status. */
  request(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; retryAfter: number; body: Json }>;
  /** Admits the host, and creates a tool that calls `url`; the same name twice is refused. @returns its id */
  createTool(name: string, url: string, more?: Json): Promise<string>;
  /**
   * Executes a tool, until the outcome is known. On a busy machine the call may be refused early: it waits as long as it is
   * told, and is made again. Or it is accepted (202): the execution is read until it has ended.
   */
  execute(toolId: string): Promise<Json>;
  close(): Promise<void>;
}

export function createProductClient(
  { apiUrl, apiKey }: { apiUrl: string; apiKey: string },
  connections = 64,
): ProductClient {
  const pool = new Pool(apiUrl, { connections });
  const client: ProductClient = {
    async request(method, path, body) {
      const response = await pool.request({
        method,
        path,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return {
        status: response.statusCode,
        retryAfter: Number(response.headers['retry-after'] ?? 0),
        body: (await response.body.json()) as Json,
      };
    },
    async call(method, path, sent) {
      const { status, body } = await client.request(method, path, sent);
      if (status < 200 || status >= 300)
        throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
    async execute(toolId) {
      const path = `/api/tools/${toolId}/execute`;
      for (;;) {
        const { status, retryAfter, body } = await client.request('POST', path, { payload: { amount: 1 } });
        if (status === 200) return body;
        if (status === 202) return untilEnded(client, String(body.id));
        if ((status !== 429 && status !== 503) || retryAfter === 0)
          throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
        await sleep(retryAfter * 1000);
      }
    },
    async createTool(name, url, more = {}) {
      await client.call('PUT', '/api/settings/egress', { privateHosts: [new URL(url).host] });
      const config = { method: 'GET', url: `${url}/` };
      return String((await client.call('POST', '/api/tools', { name, type: 'http', config, ...more })).id);
    },
    close: () => pool.close(),
  };
  return client;
}

async function untilEnded(client: ProductClient, id: string): Promise<Json> {
  for (;;) {
    const execution = await client.call('GET', `/api/tools/executions/${id}`);
    if (execution.status !== 'requested' && execution.status !== 'running') return execution;
    await sleep(20);
  }
}

/** What every bench of an execution calls: an input and an output that are checked. */
export const echoSchemas = {
  inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
  outputSchema: { type: 'object', required: ['ok'] },
};
