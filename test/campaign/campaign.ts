import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createCaller } from './caller.ts';
import { inOrder, streamsAreWhole } from './checks/events.ts';
import { doubled, lost, stuck, untrue } from './checks/promises.ts';
import { nothingForeign, secretsStaySecret } from './checks/secrecy.ts';
import { temporalAgrees } from './checks/workflows.ts';
import { runClient } from './clients.ts';
import { runEngine } from './engines.ts';
import {
  type Evidence,
  type Found,
  isOpen,
  readAccepted,
  readEvents,
  readExecutions,
  readRuns,
} from './evidence.ts';
import { type InflictedFault, inflictFaults } from './inflict.ts';
import { createJournal } from './journal.ts';
import { readLedger } from './ledger.ts';
import { type PartKind, type ProcessCounts, planFaults } from './plan.ts';
import { type CampaignResult, resultOf } from './result.ts';
import { type CampaignStack, startCampaignStack } from './stack.ts';
import { followTenant, type StreamReader } from './streams.ts';
import { createTools } from './tools.ts';

export interface CampaignOptions {
  seed: number;
  /** How long faults happen. */
  chaosMs: number;
  parts: readonly PartKind[];
  /** After the last fault: what is open for longer is stuck. */
  settleMs: number;
  /** Clients of each tenant, and as many engines for each two. */
  clients: number;
  /** Whether the tenants have limits of calls. */
  limits?: boolean;
  /** Logs, ledger and evidence; emptied first. */
  dir: string;
  temporalCli?: string;
  log: (line: string) => void;
  /** Instead of a small product on the development server of Temporal. */
  start?(dir: string, options: { log: (line: string) => void }): Promise<CampaignStack>;
}

const checks: readonly ((evidence: Evidence) => Found)[] = [
  lost,
  doubled,
  stuck,
  untrue,
  inOrder,
  temporalAgrees,
  streamsAreWhole,
  nothingForeign,
  secretsStaySecret,
];

/** Loads a whole product, disturbs it, lets it settle, and checks what is left. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, chaosMs, parts, dir, log, start = startCampaignStack } = options;
  mkdirSync(dir, { recursive: true });
  const stack = await start(dir, options);
  try {
    log('everything runs');
    const [calm, quiet, over] = [new AbortController(), new AbortController(), new AbortController()];
    const journal = createJournal();
    const streams = await Promise.all(
      stack.tenants.map(({ slug, keys }) => followTenant(stack.apiUrls, slug, keys.ana)),
    );
    const load = await startLoad(stack, options, journal, {
      calm: calm.signal,
      quiet: quiet.signal,
      over: over.signal,
    });
    // What happens without faults is the measure for the rest.
    await sleep(2000);
    const faults = await inflictFaults(stack, planFaults(seed, chaosMs, parts, countsOf(stack)), log);
    calm.abort();
    await heal(stack);
    log('everything is healed');
    setTimeout(() => quiet.abort(), 5000).unref();
    const settledMs = await settle(stack, options.settleMs, load);
    over.abort();
    await load.done;
    log(settledMs === null ? 'something has not settled' : 'everything has settled');
    const evidence = await collect(stack, journal, faults, streams);
    for (const check of checks) journal.violations.push(...(await check(evidence)));
    for (const stream of streams) stream.close();
    await evidence.temporal.connection.close();
    const result = resultOf(evidence, { seed, chaosMs, parts, settledMs });
    writeFileSync(join(dir, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
    return result;
  } finally {
    await stack.stop();
  }
}

const countsOf = ({ parts }: CampaignStack): ProcessCounts =>
  Object.fromEntries(Object.entries(parts).map(([kind, all]) => [kind, all.length]));

/** @returns what ends when all of it has ended */
async function startLoad(
  stack: CampaignStack,
  { clients, limits = false }: CampaignOptions,
  journal: Evidence['journal'],
  signals: { calm: AbortSignal; quiet: AbortSignal; over: AbortSignal },
): Promise<{ done: Promise<unknown> }> {
  const running: Promise<void>[] = [];
  const tools = await Promise.all(stack.tenants.map((tenant) => createTools(stack, tenant, limits)));
  stack.tenants.forEach(({ slug: tenant, keys }, index) => {
    const ana = createCaller(stack.apiUrls, keys.ana, signals.over);
    const ben = createCaller(stack.apiUrls, keys.ben, signals.over);
    const shared = { tenant, journal, ...signals };
    for (let count = 1; count <= clients; count++)
      running.push(runClient({ ...shared, name: `c${count}`, call: ana, tools: tools[index]! }));
    for (let count = 1; count <= Math.ceil(clients / 2); count++)
      running.push(runEngine({ ...shared, name: `e${count}`, ana, ben, ledgerFile: stack.ledgerFile }));
  });
  return { done: Promise.all(running) };
}

/** Ends every fault, and waits until every process is ready. */
async function heal({ gates, parts, ready }: CampaignStack): Promise<void> {
  await Promise.all(
    Object.values(gates)
      .flat()
      .map((gate) => gate.heal()),
  );
  for (const part of Object.values(parts).flat()) part.thaw();
  await ready(120_000);
}

/** Waits until nothing is open and every client knows it. @returns how long that took; null when it did not happen */
async function settle(
  { adminUrl }: CampaignStack,
  settleMs: number,
  load: { done: Promise<unknown> },
): Promise<number | null> {
  const began = Date.now();
  const admin = await connectTo(adminUrl);
  try {
    let busy = true;
    void load.done.then(() => {
      busy = false;
    });
    for (; Date.now() < began + settleMs; await sleep(500)) {
      if (busy) continue;
      const rows = [...(await readExecutions(admin)).values(), ...(await readRuns(admin)).values()];
      if (!rows.some(isOpen)) return Date.now() - began;
    }
    return null;
  } finally {
    await admin.end();
  }
}

async function collect(
  stack: CampaignStack,
  journal: Evidence['journal'],
  faults: readonly InflictedFault[],
  readers: readonly StreamReader[],
): Promise<Evidence> {
  const admin = await connectTo(stack.adminUrl);
  const last = new Map((await readEvents(admin)).map((event) => [event.tenantId, event.id]));
  const streams = await Promise.all(
    readers.map(async ({ tenant, events }) => {
      const id = last.get(stack.tenants.find(({ slug }) => slug === tenant)?.id ?? '');
      // A stream is a quarter of a second late, and reconnects with a backoff of up to 30 s.
      await eventually(() => events.some((event) => event.id === id), { timeoutMs: 60_000 }).catch(() =>
        journal.violations.push({ kind: 'stream', id: id ?? '', what: `${tenant} has not got this event` }),
      );
      return { tenant, events: [...events] };
    }),
  );
  const evidence: Evidence = {
    stack,
    tenants: stack.tenants,
    temporal: new Client({ connection: await Connection.connect({ address: stack.temporalAddress }) }),
    journal,
    faults,
    executions: await readExecutions(admin),
    runs: await readRuns(admin),
    accepted: await readAccepted(admin),
    events: await readEvents(admin),
    ledger: readLedger(stack.ledgerFile),
    streams,
  };
  await admin.end();
  return evidence;
}
