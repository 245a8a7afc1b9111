import { appendFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LedgerEntry, readLedger } from './ledger.ts';
import { anyRandom } from './random.ts';

/**
 * The service that every tool of a campaign calls: `node provider-process.ts <port> <ledger file> <canary>`. It writes down what
 * it does before it responds, does once what has an `Idempotency-Key`, and fails in every way that a service can. Most of its
 * responses repeat the credential that it was sent.
 */
const [port, ledgerFile, canary] = process.argv.slice(2) as [string, string, string];

/** What it does besides responding well, and how often. With `POST /errors {"share"}`, more often for a while. */
const failures = [
  'busy', // 503 with Retry-After, nothing done
  '500 before', // nothing done
  '500 after', // done
  'refused', // 422, nothing done
  'dropped before', // the connection breaks, nothing done
  'dropped after', // the connection breaks, done
  'broken off', // done, and half of the response
  'no response before', // nothing done
  'no response after', // done
  'slow', // done, and a late response
] as const;
const usualShare = 0.06;
let share = usualShare;

const effects = new Map<string, string>();
let count = 0;
for (const { key, effect, tool } of readLedger(ledgerFile)) {
  count++;
  if (key && effect) effects.set(`${tool} ${key}`, effect);
}

const server = createServer(async (request, response) => {
  try {
    const url = new URL(request.url ?? '/', 'http://provider');
    const body = await text(request);
    if (url.pathname === '/errors') {
      share = (JSON.parse(body) as { share?: number }).share ?? usualShare;
      return respond(response, 200, {});
    }
    const tool = url.pathname.slice(1);
    const input = request.method === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(body);
    const { callId } = input as { callId: string };
    const key = [request.headers['idempotency-key']].flat()[0] ?? null;
    if (request.headers['x-api-key'] !== canary) return respond(response, 401, { message: 'Who is this?' });
    await work({ callId, tool, key }, request.method !== 'GET', response);
  } catch {
    response.destroy();
  }
});
server.keepAliveTimeout = 60_000;
server.listen(Number(port), '127.0.0.1');

async function work(
  call: Pick<LedgerEntry, 'callId' | 'tool' | 'key'>,
  acts: boolean,
  response: ServerResponse,
): Promise<void> {
  await sleep(anyRandom.between(1, call.tool === 'transfer' ? 400 : 60));
  const how = anyRandom.next() < share ? anyRandom.oneOf(failures) : 'ok';
  const undone = how.endsWith('before') || how === 'busy' || how === 'refused';
  const effect = !acts || undone ? null : act(call);
  const entry: LedgerEntry = { ...call, effect, answer: how, at: new Date().toISOString() };
  appendFileSync(ledgerFile, `${JSON.stringify(entry)}\n`);
  const echo = { effect, callId: call.callId, seen: `key ${canary}` };
  switch (how) {
    case 'busy':
      response.setHeader('retry-after', '1');
      return respond(response, 503, { message: `Busy, ${canary}` });
    case 'refused':
      return respond(response, 422, { message: `Not with ${canary}` });
    case '500 before':
    case '500 after':
      return respond(response, 500, { message: `It broke for ${canary}` });
    case 'dropped before':
    case 'dropped after':
      return void response.destroy();
    case 'broken off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write(JSON.stringify(echo).slice(0, 20));
      return void setTimeout(() => response.destroy(), 20);
    case 'no response before':
    case 'no response after':
      return;
    case 'slow':
      await sleep(anyRandom.between(500, 2500));
  }
  respond(response, 200, echo);
}

/** Once for each key, as a service promises that takes one. */
function act({ tool, key }: Pick<LedgerEntry, 'tool' | 'key'>): string {
  const known = key === null ? undefined : effects.get(`${tool} ${key}`);
  if (known) return known;
  const effect = `e${++count}`;
  if (key !== null) effects.set(`${tool} ${key}`, effect);
  return effect;
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
