import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import type { OutputChunk } from '../../shared/executions/output-chunks.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import type { Procedures } from './mcp-request.ts';

/**
 * Clients give up after a minute unless they are told otherwise, and cancel the call. Before that they get its execution, which
 * they read later.
 */
export const longestWaitMs = 50_000;
const lookMs = 500;
/** How soon a call counts as long, and how often its client hears of it when there is nothing to show. */
const [soonMs, silentMs] = [1_000, 2_500];
const longestMessage = 1_000;

export const waitsForPeople = ({ approval }: Execution): boolean => approval?.status === 'waiting';
const hasEnded = ({ status }: Execution): boolean => status === 'succeeded' || status === 'failed';

/** The execution when it has ended or waits for people, at the latest at `until` (by `performance.now`). */
export async function waitForEnd(
  procedures: Procedures,
  first: Execution,
  until: number,
  signal: AbortSignal,
): Promise<Execution> {
  let execution = first;
  while (!hasEnded(execution) && !waitsForPeople(execution) && performance.now() < until && !signal.aborted) {
    await pause(lookMs, signal);
    execution = await procedures.executions.get({ id: execution.id });
  }
  return execution;
}

/**
 * Tells a client that asked for it how a call goes on: what it shows, and that it still runs. It never fails the call.
 * @param find the execution; null until it is written
 */
export async function reportProgress(
  { mcpReq }: ServerContext,
  procedures: Procedures,
  find: () => Promise<string | null>,
  signal: AbortSignal,
): Promise<void> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  const begun = performance.now();
  let progress = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let id: string | null = null;
  let after: string | undefined;
  const tell = async (message: string) => {
    progress += 1;
    toldAt = performance.now();
    await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } });
  };
  await pause(soonMs, signal);
  while (!signal.aborted) {
    id ??= await find();
    if (id !== null) {
      const page = await procedures.executions.chunks({ id, after, limit: 100 });
      after = page.after;
      for (const chunk of page.items) if (!signal.aborted) await tell(messageOf(chunk));
    }
    const now = performance.now();
    if (!signal.aborted && now - toldAt >= silentMs)
      await tell(`Running for ${Math.round((now - begun) / 1000)} s`);
    await pause(lookMs, signal);
  }
}

function messageOf({ kind, value }: OutputChunk): string {
  if (kind === 'shortened') return 'More came, and is in the output only';
  if (kind === 'withheld') return 'The output is shown when it is complete';
  const text = typeof value === 'string' ? value : writeJson(value);
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => {});
