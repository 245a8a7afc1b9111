import { Gauge } from 'prom-client';
import { processMetrics } from '../../platform/server/metrics.ts';

/** Who reads the event log in this process. */
export type LogReader = 'live' | 'search' | 'webhooks' | 'audit' | 'usage' | 'notifications';

/** When each of them last had read all of it. */
const caughtUpAt = new Map<LogReader, number>();

new Gauge({
  name: 'interlock_log_reader_behind_seconds',
  help: 'Time since a reader of the event log, in this process, last had read all of it',
  labelNames: ['reader'],
  registers: [processMetrics],
  collect() {
    this.reset();
    for (const [reader, at] of caughtUpAt) this.set({ reader }, secondsSince(at));
  },
});

/** The reader starts, or has read everything that was to be read. */
export function caughtUp(reader: LogReader): void {
  caughtUpAt.set(reader, performance.now());
}

/** It reads no more. */
export function readsNoMore(reader: LogReader): void {
  caughtUpAt.delete(reader);
}

/** The readers that have not come to the end of the log for so long. */
export const readersBehind = (seconds: number): LogReader[] =>
  [...caughtUpAt].filter(([, at]) => secondsSince(at) > seconds).map(([reader]) => reader);

const secondsSince = (at: number): number => (performance.now() - at) / 1_000;
