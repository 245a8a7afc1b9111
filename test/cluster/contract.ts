import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Caller, createCaller } from '../campaign/caller.ts';
import { readLedger } from '../campaign/ledger.ts';
import { followTenant } from '../campaign/streams.ts';
import { seedTenants } from '../campaign/tenants.ts';
import { type ApiDocument, createConformance } from '../support/conformance.ts';
import { eventually } from '../support/eventually.ts';
import type { Cluster } from './cluster.ts';
import type { Finding } from './finding.ts';
import { runPlaybook, type Users } from './load.ts';

type Check = (cluster: Cluster, users: Users) => Promise<string[]>;

/** By the promise that each of them tries. Returns what is wrong. */
const checks: Record<string, Check> = {
  'Every process is ready, and says so part by part': everyProcessIsReady,
  'The web process serves pages, and forwards the API': webServes,
  'Every operation responds as the OpenAPI document says': operationsConform,
  'One key sent to every process at once makes one execution': oneKeyOneExecution,
  'What one process has written, every other one reads at once': readYourWrites,
  'A preview of one process binds the execution of another one': previewBinds,
  'A playbook run goes from its start to its end': playbookEnds,
  'Many processes fetch one access token, and one more when it is refused': oneToken,
  'A rate of 10 a minute admits 10 of 60 calls at once': rateIsExact,
  'A stream of events through the load balancer has every event of an execution once': streamHasAll,
};

/** The contract of the API over the load balancer, as a program outside sees it. */
export async function checkContract(
  cluster: Cluster,
  users: readonly Users[],
  log: (line: string) => void,
): Promise<Finding> {
  const lines: string[] = [];
  const wrong: string[] = [];
  for (const [promise, check] of Object.entries(checks)) {
    const found = await check(cluster, users[0]!).catch((error: unknown) => [String(error)]);
    log(`${found.length === 0 ? 'holds' : 'BROKEN'}: ${promise}`);
    lines.push(`- ${found.length === 0 ? 'holds' : 'broken'}: ${promise}`);
    wrong.push(...found.map((what) => `${promise}: ${what}`));
  }
  return { title: 'Contract', lines, wrong };
}

/** Callers of one person, each to one API process. */
const direct = (cluster: Cluster, key: string): Caller[] =>
  cluster.urls.api.map((url) => createCaller([url], key));
const anasKey = ({ tenants }: Cluster) => tenants[0]!.keys.ana;
const saw = ({ status, body }: Answer) => `${status} ${JSON.stringify(body)?.slice(0, 200)}`;

async function everyProcessIsReady({ urls, webUrl }: Cluster): Promise<string[]> {
  const all = [...urls.api, ...urls.worker, webUrl];
  const states = await Promise.all(
    all.map(async (url) => {
      const response = await fetch(`${url}/readyz`);
      const { parts } = (await response.json()) as { parts: Record<string, { status: string }> };
      const ok = response.ok && Object.values(parts).every(({ status }) => status === 'ok');
      return ok ? [] : [`${url}: ${response.status} ${JSON.stringify(parts)}`];
    }),
  );
  return states.flat();
}

async function webServes(cluster: Cluster): Promise<string[]> {
  const page = await fetch(`${cluster.webUrl}/t/north/tools`);
  const call = createCaller([cluster.webUrl], anasKey(cluster));
  const [tools, nowhere] = [await call('GET', '/api/tools'), await call('GET', '/api/nowhere')];
  return [
    ...((await page.text()).includes('<title>') ? [] : [`no page: ${page.status}`]),
    ...(tools.status === 200 ? [] : [`GET /api/tools: ${saw(tools)}`]),
    ...(nowhere.body?.error?.code === 'not_found' ? [] : [`GET /api/nowhere: ${saw(nowhere)}`]),
  ];
}

async function operationsConform(cluster: Cluster): Promise<string[]> {
  // Every operation is called, settings and removals too: not in a tenant that others use.
  const [tenant] = await seedTenants(cluster.env, ['conformance']);
  const call = createCaller(cluster.apiUrls, tenant!.keys.admin);
  const document: ApiDocument = (await call('GET', '/api/openapi.json')).body;
  const make = async (path: string, body: unknown): Promise<string> => {
    const answer = await call('POST', path, body);
    if (answer.status >= 300 || answer.status === 0) throw new Error(`POST ${path}: ${saw(answer)}`);
    return answer.body.id;
  };
  const tool = await make('/api/tools', { name: 'example', type: 'dummy' });
  const exceptionId = await make('/api/exceptions', { title: 'Example', domain: 'payments' });
  const execution = await make(`/api/tools/${tool}/execute`, { payload: {}, exceptionId });
  const steps = [{ id: 'check', type: 'manual', title: 'Check' }];
  const playbook = await make('/api/playbooks', { name: 'example', title: 'Example', steps });
  await make(`/api/playbooks/${playbook}/publish`, {});
  const run = await make('/api/playbook-runs', { playbookId: playbook, exceptionId });
  const ids = [tool, exceptionId, execution, playbook, run];
  return createConformance({ document, call, ids }).validRequests();
}

async function oneKeyOneExecution(cluster: Cluster, { tools }: Users): Promise<string[]> {
  const callers = direct(cluster, anasKey(cluster));
  const callId = 'contract-key';
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      callers[index % callers.length]!(
        'POST',
        `/api/tools/${tools.charge}/execute`,
        { payload: { callId, amount: 1 } },
        { 'idempotency-key': callId },
      ),
    ),
  );
  const ids = new Set(answers.map(({ body }) => body?.id));
  const effects = readLedger(cluster.ledgerFile).filter(
    (entry) => entry.callId === callId && entry.effect !== null,
  );
  return [
    ...answers.filter(({ status }) => status !== 200 && status !== 202).map(saw),
    ...(ids.size === 1 ? [] : [`${ids.size} executions`]),
    ...(effects.length === 1 ? [] : [`${effects.length} effects`]),
  ];
}

async function readYourWrites(cluster: Cluster, { tools }: Users): Promise<string[]> {
  const callers = direct(cluster, anasKey(cluster));
  const wrong: string[] = [];
  for (const [index, write] of callers.entries()) {
    const payload = { callId: `contract-read-${index}`, amount: 1 };
    const made = await write('POST', `/api/tools/${tools.charge}/execute`, { payload });
    for (const read of callers) {
      const answer = await read('GET', `/api/tools/executions/${made.body?.id}`);
      if (answer.status !== 200 || answer.body.status !== 'succeeded') wrong.push(saw(answer));
    }
  }
  return wrong;
}

async function previewBinds(cluster: Cluster, { tools }: Users): Promise<string[]> {
  const [one, other] = direct(cluster, anasKey(cluster));
  const payload = { callId: 'contract-preview', amount: 1 };
  const preview = await one!('POST', `/api/tools/${tools.charge}/preview`, { payload });
  const previewDigest = preview.body?.digest;
  if (typeof previewDigest !== 'string') return [`no digest: ${saw(preview)}`];
  const path = `/api/tools/${tools.charge}/execute`;
  const same = await other!('POST', path, { payload, previewDigest });
  const changed = await other!('POST', path, { payload: { ...payload, amount: 2 }, previewDigest });
  return [
    ...(same.status === 200 ? [] : [saw(same)]),
    ...(changed.body?.error?.code === 'preview_changed' ? [] : [saw(changed)]),
  ];
}

async function playbookEnds(_cluster: Cluster, users: Users): Promise<string[]> {
  const wrong: string[] = [];
  await runPlaybook(users, (what, answer, expected) => {
    const good = expected.includes(answer.status);
    if (!good) wrong.push(`${what}: ${saw(answer)}`);
    return good;
  });
  return wrong;
}

/** A token endpoint, and an API that accepts the newest token only. */
async function startTokenServer() {
  let issued = 0;
  let valid = '';
  const server = createServer((request, response) => {
    const respond = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    request.resume().once('end', () => {
      if (request.url === '/token') {
        valid = `contract-token-${++issued}`;
        const body = { access_token: valid, token_type: 'Bearer', expires_in: 3600 };
        setTimeout(respond, 100, 200, body);
      } else if (request.headers.authorization === `Bearer ${valid}`) respond(200, { ok: true });
      else respond(401, { error: 'expired' });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issued: () => issued,
    revoke: () => {
      valid = 'none';
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function oneToken(cluster: Cluster, { admin }: Users): Promise<string[]> {
  const provider = await startTokenServer();
  try {
    const privateHosts = [cluster.providerUrl, provider.url].map((url) => new URL(url).host);
    await admin('PUT', '/api/settings/egress', { privateHosts });
    const tool = await admin('POST', '/api/tools', {
      name: 'with_token',
      type: 'http',
      config: { method: 'GET', url: `${provider.url}/things` },
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: `${provider.url}/token`,
        clientId: 'contract',
        clientSecret: 'a secret of the contract',
      },
    });
    if (tool.status !== 201) return [saw(tool)];
    const callers = direct(cluster, anasKey(cluster));
    const callAll = async () => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          callers[index % callers.length]!('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} }),
        ),
      );
      return answers
        .filter(({ status, body }) => status !== 200 || body.status !== 'succeeded')
        .map(saw)
        .slice(0, 3);
    };
    const wrong = await callAll();
    if (provider.issued() !== 1) wrong.push(`${provider.issued()} tokens for the first calls`);
    const before = provider.issued();
    provider.revoke();
    wrong.push(...(await callAll()));
    if (provider.issued() - before !== 1)
      wrong.push(`${provider.issued() - before} tokens after the first one was refused`);
    return wrong;
  } finally {
    provider.close();
  }
}

async function rateIsExact(cluster: Cluster, { admin }: Users): Promise<string[]> {
  const tool = await admin('POST', '/api/tools', {
    name: 'with_rate',
    type: 'dummy',
    rateLimit: { requestsPerMinute: 10 },
  });
  if (tool.status !== 201) return [saw(tool)];
  const callers = direct(cluster, anasKey(cluster));
  const began = Date.now();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      callers[index % callers.length]!('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} }),
    ),
  );
  // While the calls last, further ones come due, one in 6 s.
  const due = 10 + Math.ceil((Date.now() - began) / 6000);
  const admitted = answers.filter(({ status }) => status === 200 || status === 202).length;
  const other = answers.filter(({ status }) => ![200, 202, 429].includes(status)).map(saw);
  return admitted >= 10 && admitted <= due ? other : [`${admitted} were admitted`, ...other];
}

async function streamHasAll(cluster: Cluster, { tenant, ana, tools }: Users): Promise<string[]> {
  const stream = await followTenant(cluster.apiUrls, tenant, anasKey(cluster));
  try {
    const ids: string[] = [];
    for (let count = 0; count < 9; count++) {
      const payload = { callId: `contract-stream-${count}`, amount: 1 };
      const made = await ana('POST', `/api/tools/${tools.charge}/execute`, { payload });
      ids.push(made.body?.id);
    }
    const endsOf = (id: string) =>
      stream.events.filter(({ subjectId, type }) => subjectId === id && type === 'ToolExecutionCompleted')
        .length;
    await eventually(() => ids.every((id) => endsOf(id) > 0), { timeoutMs: 30_000 }).catch(() => {});
    return ids.filter((id) => endsOf(id) !== 1).map((id) => `${id}: ${endsOf(id)} ends`);
  } finally {
    stream.close();
  }
}
