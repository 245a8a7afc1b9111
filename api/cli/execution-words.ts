import { setTimeout as pause } from 'node:timers/promises';
import type { components, InterlockClient } from '../../shared/client/interlock-client.ts';
import { exitCodes, plain } from './output.ts';
import type { Terminal } from './terminal.ts';

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

/** Between two looks: at what goes on showing something, and at others. */
const waitMs = { soon: 250, later: 1_000 };

/**
 * Reads an execution until it has ended, or someone must decide first.
 * @param changed called with it whenever it is read, and with what it was before
 * @param shown prints what it has shown since. @returns whether there was anything
 */
export async function follow(
  client: InterlockClient,
  id: string,
  changed: (now: Execution, before: Execution | null) => void,
  { throughApproval, shown }: { throughApproval: boolean; shown?: () => Promise<boolean> },
): Promise<Execution> {
  for (let before: Execution | null = null; ; ) {
    const now: Execution = await client.executions.get({ id });
    const ended = hasEnded(now);
    if (!ended) changed(now, before);
    const anything = await shown?.();
    if (ended) changed(now, before);
    if (ended || (!throughApproval && waitsForPeople(now))) return now;
    before = now;
    await pause(anything ? waitMs.soon : waitMs.later);
  }
}

/** What is new in an execution, a line each. */
export function progressLines(now: Execution, before: Execution | null): string[] {
  const lines: string[] = [];
  if (now.status !== before?.status) lines.push(`${now.createdAt}  ${now.toolName}  ${statusWords(now)}`);
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
    lines.push(`${endedAt ?? startedAt}  ${parts.join(', ')}`);
  }
  if (now.waiting && now.waiting.message !== before?.waiting?.message) lines.push(plain(now.waiting.message));
  return lines;
}

export function statusWords({ status, failure, approval }: Execution): string {
  if (status === 'failed') return `failed: ${failure?.code ?? 'internal'}`;
  return approval?.status === 'waiting' ? `${status}, waits for approval` : status;
}

export function sayOutcome(terminal: Terminal, execution: Execution): void {
  const { id, failure, issues = [], output } = execution;
  terminal.say(`${execution.toolName}: ${statusWords(execution)} (${id})`);
  if (failure) terminal.say(plain(failure.message));
  for (const { path, message } of issues) terminal.say(`  ${path} ${plain(message)}`);
  if (output !== null && output !== undefined) terminal.say(JSON.stringify(output, null, 2));
}
