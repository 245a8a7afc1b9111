import { setTimeout as pause } from 'node:timers/promises';
import type { components, InterlockClient } from '../../shared/client/interlock-client.ts';
import { exitCodes, plain, say } from './output.ts';

export type Execution = components['schemas']['Execution'];

const hasEnded = ({ status }: Execution): boolean => status === 'succeeded' || status === 'failed';

const waitsForPeople = ({ approval, quarantined }: Execution): boolean =>
  approval?.status === 'waiting' || quarantined !== null;

/** Of `tools run` and `executions follow`. */
export function exitCodeOf(execution: Execution): number {
  if (execution.status === 'succeeded') return exitCodes.done;
  if (execution.status !== 'failed') return exitCodes.open;
  return execution.failure?.code === 'outcome_unknown' ? exitCodes.unknown : exitCodes.failed;
}

const everyMs = 1_000;

/**
 * Reads an execution until it has ended, or someone must decide first.
 * @param changed called with it whenever it is another than before
 */
export async function follow(
  client: InterlockClient,
  id: string,
  changed: (now: Execution, before: Execution | null) => void,
  { throughApproval }: { throughApproval: boolean },
): Promise<Execution> {
  for (let before: Execution | null = null; ; ) {
    const now: Execution = await client.executions.get({ id });
    changed(now, before);
    if (hasEnded(now) || (!throughApproval && waitsForPeople(now))) return now;
    before = now;
    await pause(everyMs);
  }
}

/** What is new in an execution, a line each. */
export function sayProgress(now: Execution, before: Execution | null): void {
  if (now.status !== before?.status) say(`${now.createdAt}  ${now.toolName}  ${statusWords(now)}`);
  for (const attempt of now.attempts) {
    const known = before?.attempts.find(({ number }) => number === attempt.number);
    if (known?.status === attempt.status) continue;
    const { number, startedAt, endedAt, status, httpStatus, error, willRetryAt } = attempt;
    const parts = [
      `attempt ${number}: ${status}`,
      ...(httpStatus ? [`HTTP ${httpStatus}`] : []),
      ...(error ? [plain(error.message)] : []),
      ...(willRetryAt ? [`again at ${willRetryAt}`] : []),
    ];
    say(`${endedAt ?? startedAt}  ${parts.join(', ')}`);
  }
  if (now.waiting && now.waiting.message !== before?.waiting?.message) say(plain(now.waiting.message));
}

export function statusWords({ status, failure, approval }: Execution): string {
  if (status === 'failed') return `failed: ${failure?.code ?? 'internal'}`;
  return approval?.status === 'waiting' ? `${status}, waits for approval` : status;
}

export function sayOutcome(execution: Execution): void {
  const { id, failure, issues = [], output } = execution;
  say(`${execution.toolName}: ${statusWords(execution)} (${id})`);
  if (failure) say(plain(failure.message));
  for (const { path, message } of issues) say(`  ${path} ${plain(message)}`);
  if (output !== null && output !== undefined) say(JSON.stringify(output, null, 2));
}
