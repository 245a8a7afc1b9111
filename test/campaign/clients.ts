import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Caller, isError, isUndecided } from './caller.ts';
import type { Journal, ToolName, WantedCall } from './journal.ts';
import { anyRandom } from './random.ts';

export interface ClientOptions {
  tenant: string;
  /** Tells clients of one campaign apart. */
  name: string;
  call: Caller;
  tools: Record<ToolName, string>;
  journal: Journal;
  /** Aborted: nothing new is wanted. */
  calm: AbortSignal;
  /** Aborted: nothing is asked any more. */
  over: AbortSignal;
}

const mix: readonly ToolName[] = ['charge', 'charge', 'charge', 'refund', 'refund', 'look', 'transfer'];
const final = ['succeeded', 'failed'];

/** Executes tools until it is calm, with and without keys, waiting and not, and asks again where it got no decision. */
export async function runClient(options: ClientOptions): Promise<void> {
  const { tenant, name, journal, calm } = options;
  for (let count = 1; !calm.aborted; count++) {
    const callId = `${tenant}-${name}-${count}`;
    const wanted: WantedCall = {
      callId,
      tenant,
      tool: anyRandom.oneOf(mix),
      key: anyRandom.next() < 0.7 ? `key-${callId}` : null,
      told: new Map(),
      refused: null,
    };
    journal.calls.set(callId, wanted);
    const twice = wanted.key !== null && anyRandom.next() < 0.1;
    const executions = await Promise.all([execute(options, wanted), twice && execute(options, wanted)]);
    // Much later, the same key still names the same execution.
    if (wanted.key !== null && anyRandom.next() < 0.1) void execute(options, wanted);
    const [execution] = executions;
    if (execution && execution.status === 'failed' && execution.failure?.retryable && anyRandom.next() < 0.5)
      await rerun(options, wanted, execution.id);
    if (anyRandom.next() < 0.05) await lookElsewhere(options);
    await sleep(anyRandom.between(10, 250));
  }
}

async function execute(options: ClientOptions, wanted: WantedCall): Promise<Answer['body'] | null> {
  const { call, tools } = options;
  const headers: Record<string, string> = {
    ...(wanted.key === null ? {} : { 'idempotency-key': wanted.key }),
    ...(anyRandom.next() < 0.3 ? { prefer: 'respond-async' } : {}),
  };
  const payload = { callId: wanted.callId, amount: 12 };
  return decide(options, wanted, wanted.key !== null, () =>
    call('POST', `/api/tools/${tools[wanted.tool]}/execute`, { payload }, headers),
  );
}

function rerun(options: ClientOptions, wanted: WantedCall, id: string): Promise<Answer['body'] | null> {
  const headers = { 'idempotency-key': `rerun-${wanted.callId}` };
  return decide(options, wanted, true, () =>
    options.call('POST', `/api/tools/executions/${id}/rerun`, {}, headers),
  );
}

/** Sends a request until it is decided. @returns the execution; null when there is none, as far as the client knows */
async function decide(
  { journal, over }: ClientOptions,
  wanted: WantedCall,
  again: boolean,
  send: () => Promise<Answer>,
): Promise<Answer['body'] | null> {
  for (let attempt = 1; !over.aborted; attempt++) {
    const answer = await send();
    if (over.aborted) return null;
    journal.statuses.set(answer.status, (journal.statuses.get(answer.status) ?? 0) + 1);
    if (answer.body !== null) journal.texts.push(JSON.stringify(answer.body));
    if (!isError(answer)) {
      const { id, status } = answer.body;
      if (final.includes(status) || !wanted.told.has(id)) wanted.told.set(id, status);
      return answer.body;
    }
    if (!again || !isUndecided(answer)) {
      if (answer.status > 0) wanted.refused = answer.body.error.message;
      return null;
    }
    await sleep(anyRandom.between(200, 400 * Math.min(attempt, 5)));
  }
  return null;
}

/** Asks for an execution of the other tenant. */
async function lookElsewhere({ tenant, call, journal }: ClientOptions): Promise<void> {
  const theirs = [...journal.calls.values()].filter((each) => each.tenant !== tenant && each.told.size > 0);
  const [id] = theirs.at(-1)?.told.keys() ?? [];
  if (id === undefined) return;
  const answer = await call('GET', `/api/tools/executions/${id}`);
  if (!isError(answer))
    journal.violations.push({ kind: 'foreign', id, what: `${tenant} read an execution of the other tenant` });
}
