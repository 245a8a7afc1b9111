import type { Database } from '../../platform/db/database.ts';
import { readFreshness } from '../db/usage-position.ts';
import { type Period, type PeriodName, periodOf, type Span } from '../periods.ts';

export interface UsageInput {
  period: PeriodName;
  timeZone: string;
}

export const spanView = ({ from, to }: Span) => ({ from: from.toISOString(), to: to.toISOString() });

/** What every picture says first: of which time it is, and until when everything is counted. */
export async function readHead(db: Database, input: UsageInput) {
  const period = periodOf(input.period, input.timeZone, new Date());
  const { asOf, complete } = await db.system(readFreshness);
  const head = {
    asOf: asOf.toISOString(),
    complete,
    period: { ...spanView(period), previous: spanView(period.previous), timeZone: input.timeZone },
  };
  return { period, head };
}

/** The parts of a period, with what `view` says of each. */
export const bucketsOf = <View>(period: Period, view: (key: string) => View) =>
  period.buckets.map((bucket, index) => ({ ...spanView(bucket), ...view(String(index)) }));
