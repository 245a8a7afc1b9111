import { setTimeout as sleep } from 'node:timers/promises';

/** What a Temporal server has counted since it started, from its metrics: exact, and not behind as visibility is. */
export interface TemporalCounters {
  /** Workflows of each task queue that have closed. */
  closed: Map<string, number>;
  /** Those whose end is in the visibility store, of all task queues together. */
  recorded: number;
  /** Write requests to its store. */
  writes: number;
}

const ways = ['success', 'failed', 'cancel', 'terminate', 'timeout', 'continued_as_new'];
const closing = new RegExp(`^workflow_(${ways.join('|')})\\{.*taskqueue="([^"]+)".*\\} ([\\d.e+]+)$`);
const record = /^visibility_persistence_requests\{operation="RecordWorkflowExecutionClosed".*\} ([\d.e+]+)$/;
const request = /^persistence_requests\{.*operation="([^"]+)".*\} ([\d.e+]+)$/;
const writing =
  /^(Create|Update|Append|Conflict|Set|Delete|Complete|RangeComplete|RangeDelete|Add|Trim|Upsert|Record)/;

export function parseTemporalMetrics(text: string): TemporalCounters {
  const closed = new Map<string, number>();
  let [recorded, writes] = [0, 0];
  for (const line of text.split('\n')) {
    // A megabyte of other counters.
    if (!line.startsWith('workflow_') && !line.includes('persistence_requests{')) continue;
    const [, , queue, count] = closing.exec(line) ?? [];
    if (queue !== undefined) closed.set(queue, (closed.get(queue) ?? 0) + Number(count));
    recorded += Number(record.exec(line)?.[1] ?? 0);
    const [, operation, requests] = request.exec(line) ?? [];
    if (operation !== undefined && writing.test(operation)) writes += Number(requests);
  }
  return { closed, recorded, writes };
}

export async function readTemporal(metricsUrl: string): Promise<TemporalCounters> {
  return parseTemporalMetrics(await (await fetch(metricsUrl)).text());
}

/**
 * Waits until `count` workflows of a task queue have closed.
 * @throws when they have not closed in time
 */
export async function untilClosed(
  metricsUrl: string,
  queue: string,
  count: number,
  deadlineMs = 300_000,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const closed = (await readTemporal(metricsUrl)).closed.get(queue) ?? 0;
    if (closed >= count) return;
    if (performance.now() > deadline)
      throw new Error(
        `Only ${closed} of ${count} workflows of the task queue ${queue} closed within ${deadlineMs / 1000} s.`,
      );
    // A reading costs the server several milliseconds.
    await sleep(50);
  }
}

/**
 * Waits until Temporal has nothing left to do for workflows that have closed, at most a few seconds.
 * @returns what it has counted until then
 */
export async function untilQuiet(metricsUrl: string): Promise<TemporalCounters> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const counters = await readTemporal(metricsUrl);
    const closed = [...counters.closed.values()].reduce((sum, count) => sum + count, 0);
    if (counters.recorded >= closed || performance.now() > deadline) return counters;
    await sleep(50);
  }
}
