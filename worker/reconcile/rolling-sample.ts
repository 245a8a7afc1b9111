import type { Logger } from 'pino';
import { errorMessage } from '../../shared/platform/error-message.ts';

/** Rows that are looked at at the same time, each with a request to Temporal or two. */
const atOnce = 8;

export interface RollingSample<Row> {
  /** The next rows after this id, or fewer than `limit` at the end. */
  next(after: string, limit: number): Promise<Row[]>;
  /** @returns whether the row needed mending */
  look(row: Row): Promise<boolean>;
}

/** Before every uuid. */
export const fromStart = '00000000-0000-0000-0000-000000000000';
const perPage = 50;
const pagesPerRound = 20;

/**
 * Looks at the next page of rows, wrapping around at the end. While pages need mending, more of them follow in the same
 * round: Temporal has lost its data.
 * @returns where the next round continues
 * @throws when no row of a page could be looked at: Temporal is unreachable
 */
export async function sampleRound<Row extends { id: string }>(
  { next, look }: RollingSample<Row>,
  from: string,
  log: Logger,
  signal: AbortSignal,
): Promise<string> {
  let after = from;
  for (let page = 0; page < pagesPerRound && !signal.aborted; page++) {
    const rows = await next(after, perPage);
    const mended = await lookAtAll(rows, look, log, signal);
    after = rows.length < perPage ? fromStart : rows.at(-1)!.id;
    if (!mended || after === fromStart) break;
  }
  return after;
}

/** One row that cannot be looked at must not stop the others. */
async function lookAtAll<Row extends { id: string }>(
  rows: Row[],
  look: (row: Row) => Promise<boolean>,
  log: Logger,
  signal: AbortSignal,
): Promise<boolean> {
  let mended = false;
  for (let at = 0; at < rows.length && !signal.aborted; at += atOnce) {
    const results = await Promise.allSettled(rows.slice(at, at + atOnce).map(look));
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length === results.length) throw failed[0]!.reason;
    for (const { reason } of failed)
      log.warn(
        { reason: errorMessage(reason) },
        'a row could not be compared with Temporal; it will be later',
      );
    mended ||= results.some((result) => result.status === 'fulfilled' && result.value);
  }
  return mended;
}
