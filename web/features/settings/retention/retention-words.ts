import type { RecordKind, RetentionDue } from '../../../../shared/retention/retention-schemas.ts';
import { dateFormat, formatNumber } from '../../../kit/format.ts';
import { counted, t } from '../../../words/words.ts';

/** The fields, in the order of the page. */
export const kinds = [
  {
    kind: 'payloads',
    field: 'payloadDays',
    label: t('Payloads'),
    help: t(
      'Inputs, outputs, requests and responses of executions and runs that have ended. That they happened, when, by whom and with which result stays.',
    ),
    least: 1,
  },
  {
    kind: 'events',
    field: 'eventDays',
    label: t('Events'),
    help: t(
      'The audit trail and the timelines, by whole months. The seal stays, so what is left can still be verified. At least 30 days.',
    ),
    least: 30,
  },
  {
    kind: 'deliveries',
    field: 'deliveryDays',
    label: t('Webhook deliveries'),
    help: t('Messages that were delivered or given up, with their attempts.'),
    least: 1,
  },
] as const satisfies { kind: RecordKind; [other: string]: unknown }[];

const day = dateFormat({
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** What will be removed tonight, or that nothing will. */
const due: Record<
  RecordKind,
  Record<'some' | 'more', (count: number, since: string) => string> & { none: (since: string) => string }
> = {
  payloads: {
    some: (count, since) =>
      counted(
        count,
        'The payloads of {0} execution from before {1} will be removed tonight.|The payloads of {0} executions from before {1} will be removed tonight.',
        since,
      ),
    more: (count, since) =>
      t`The payloads of more than ${formatNumber(count)} executions from before ${since} will be removed tonight.`,
    none: (since) => t`No payloads are from before ${since}, so none will be removed tonight.`,
  },
  events: {
    some: (count, since) =>
      counted(
        count,
        '{0} event from before {1} will be removed tonight.|{0} events from before {1} will be removed tonight.',
        since,
      ),
    more: (count, since) =>
      t`More than ${formatNumber(count)} events from before ${since} will be removed tonight.`,
    none: (since) => t`No events are from before ${since}, so none will be removed tonight.`,
  },
  deliveries: {
    some: (count, since) =>
      counted(
        count,
        '{0} delivery from before {1} will be removed tonight.|{0} deliveries from before {1} will be removed tonight.',
        since,
      ),
    more: (count, since) =>
      t`More than ${formatNumber(count)} deliveries from before ${since} will be removed tonight.`,
    none: (since) => t`No deliveries are from before ${since}, so none will be removed tonight.`,
  },
};

/** "The payloads of 400 executions from before May 3, 2031 will be removed tonight."; null: the kind is kept. */
export function dueSentence(kind: RecordKind, found: RetentionDue): string | null {
  const part = found[kind];
  if (!part) return null;
  const since = day.format(new Date(part.before));
  if (part.count === 0) return due[kind].none(since);
  return due[kind][part.more ? 'more' : 'some'](part.count, since);
}
