import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, limit } from './http.ts';
import type { Service } from './records.ts';

type Line = [level: 'info' | 'warn' | 'error', message: string];

const everyMs = 300;
const lines: Record<Service['status'], Line[]> = {
  up: [
    ['info', 'POST /v1/orders 201 in 84 ms.'],
    ['info', 'GET /v1/orders/7731 200 in 12 ms.'],
    ['info', 'Cache: 412 of 440 reads were hits.'],
    ['info', 'GET /healthz 200 in 1 ms.'],
  ],
  degraded: [
    ['info', 'POST /v1/messages 202 in 910 ms.'],
    ['warn', 'The queue has 1,204 messages, 31 of them late.'],
    ['error', 'POST /v1/messages 504 in 5000 ms: no response from the relay.'],
    ['info', 'The connection to the relay is open again.'],
  ],
  down: [
    ['error', 'Cannot connect to its database: connection refused.'],
    ['warn', 'The next attempt is in 2 seconds.'],
    ['error', 'GET /healthz 503 in 2 ms.'],
  ],
};

/** What a service writes from now on: a line of JSON each time, `limit` of them. */
export async function followLog({ query, response }: Context, { status }: Service): Promise<null> {
  const count = limit(query);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  for (let number = 0; number < count && !response.destroyed; number += 1) {
    const known = lines[status];
    const [level, message] = known[number % known.length]!;
    response.write(`${JSON.stringify({ at: new Date().toISOString(), level, message })}\n`);
    await sleep(everyMs);
  }
  response.end();
  return null;
}
