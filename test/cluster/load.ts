import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Caller, createCaller } from '../campaign/caller.ts';
import type { ToolName } from '../campaign/journal.ts';
import { createTools, playbookName } from '../campaign/tools.ts';
import type { Cluster } from './cluster.ts';

/** Of every tenant: its tools, and callers for people. */
export interface Users {
  tenant: string;
  ana: Caller;
  ben: Caller;
  admin: Caller;
  tools: Record<ToolName, string>;
}

/** Makes the tools of every tenant; their provider does not fail. */
export async function createUsers(cluster: Cluster): Promise<Users[]> {
  await setProviderErrors(cluster, 0);
  return Promise.all(
    cluster.tenants.map(async (tenant): Promise<Users> => {
      const call = (key: string) => createCaller(cluster.apiUrls, key);
      const { ana, ben, admin } = tenant.keys;
      return {
        tenant: tenant.slug,
        ana: call(ana),
        ben: call(ben),
        admin: call(admin),
        tools: await createTools(cluster, tenant, false),
      };
    }),
  );
}

async function setProviderErrors({ providerUrl }: Cluster, share: number): Promise<void> {
  await fetch(`${providerUrl}/errors`, { method: 'POST', body: JSON.stringify({ share }) });
}

export interface LoadSeen {
  /** By what was called. */
  calls: Record<string, number>;
  /** Executions whose response came before their outcome (202). */
  late: number;
  /** Everything but a success. */
  failures: string[];
  /** Milliseconds of each execution. */
  latencies: number[];
}

let number = 0;

/**
 * What people and programs do, until `signal`: executions, reads, playbooks with their steps, pages.
 * @returns what they got; empty `failures` means that no one noticed anything
 */
export async function runLoad(
  cluster: Cluster,
  users: readonly Users[],
  { clients, signal }: { clients: number; signal: AbortSignal },
): Promise<LoadSeen> {
  const seen: LoadSeen = { calls: {}, late: 0, failures: [], latencies: [] };
  const began = Date.now();
  const note: Note = (what, answer, expected) => {
    seen.calls[what] = (seen.calls[what] ?? 0) + 1;
    const good = expected.includes(answer.status);
    if (!good)
      seen.failures.push(
        `${((Date.now() - began) / 1000).toFixed(1)} s ${what}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 300)}`,
      );
    return good;
  };
  const until = async (pauseMs: number, work: () => Promise<void>) => {
    while (!signal.aborted) {
      await work();
      await sleep(pauseMs);
    }
  };
  const executing = ({ ana, tools }: Users) =>
    until(50, async () => {
      const callId = `load-${++number}`;
      const from = performance.now();
      const answer = await ana('POST', `/api/tools/${tools.charge}/execute`, {
        payload: { callId, amount: 1 },
      });
      seen.latencies.push(performance.now() - from);
      if (!note('execute', answer, [200, 202])) return;
      if (answer.status === 202) seen.late++;
      else if (answer.body.status !== 'succeeded')
        seen.failures.push(`execute: ${answer.body.status} ${answer.body.failure?.code}`);
    });
  const reading = ({ ana }: Users) =>
    until(20, async () => {
      for (const list of ['tools/executions', 'exceptions', 'playbook-runs', 'events'])
        note(`list ${list}`, await ana('GET', `/api/${list}?limit=20`), [200]);
    });
  const running = (user: Users) => until(20, () => runPlaybook(user, note));
  const browsing = () =>
    until(50, async () => {
      const status = await fetch(`${cluster.url}/t/north/tools`, {
        signal: AbortSignal.timeout(45_000),
      }).then(
        async (response) => ((await response.text()).includes('<title>') ? response.status : 0),
        () => 0,
      );
      note('page', { status, body: null }, [200]);
    });
  const lanes = users.flatMap((user) => [
    ...Array.from({ length: clients }, () => executing(user)),
    reading(user),
    running(user),
    running(user),
  ]);
  await Promise.all([...lanes, browsing()]);
  return seen;
}

/** Notes a response. @returns whether its status is one of those that are expected */
type Note = (what: string, answer: Answer, expected: readonly number[]) => boolean;

/** One run from its start to its end, each step as soon as it opens. */
export async function runPlaybook(users: Pick<Users, 'ana' | 'ben'>, note: Note): Promise<void> {
  const callId = `run-${++number}`;
  const body = { playbookId: playbookName, input: { callId } };
  const started = await users.ana('POST', '/api/playbook-runs', body);
  if (note('start a run', started, [200, 201])) await followRun(users, started.body.id, note);
}

/** Completes the steps of a run until it ends. */
export async function followRun(
  { ana, ben }: Pick<Users, 'ana' | 'ben'>,
  runId: string,
  note: Note,
): Promise<void> {
  const path = `/api/playbook-runs/${runId}`;
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(30)) {
    const run = await ana('GET', path);
    if (!note('read a run', run, [200])) continue;
    if (run.body.status === 'completed') return;
    if (['failed', 'cancelled'].includes(run.body.status))
      return void note('end a run', { status: 500, body: run.body.status }, []);
    for (const step of run.body.steps) {
      const completion = completionOf(step);
      if (!completion) continue;
      const as = step.type === 'approval' ? ben : ana;
      note('complete a step', await as('POST', `${path}/steps/${step.id}/complete`, completion), [200, 202]);
    }
  }
  note('end a run', { status: 0, body: `The run ${runId} did not end in 2 minutes.` }, []);
}

function completionOf(step: Answer['body']): Record<string, unknown> | null {
  if (step.outcomes.length === 0) return null;
  if (step.type === 'manual') return { outcome: 'done', input: { ok: true } };
  if (step.type === 'approval') return { outcome: 'approved' };
  if (step.type === 'decision') return { outcome: 'close' };
  return step.outcomes.some(({ id }: { id: string }) => id === 'run') ? { outcome: 'run' } : null;
}
