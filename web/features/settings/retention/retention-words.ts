import type { RecordKind, RetentionDue } from '../../../../shared/retention/retention-schemas.ts';
import { t } from '../../../words/words.ts';

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

const day = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const number = new Intl.NumberFormat('en');

const things: Record<RecordKind, (count: string, one: boolean) => string> = {
  payloads: (count, one) =>
    one ? t`The payloads of ${count} execution` : t`The payloads of ${count} executions`,
  events: (count, one) => `${count} ${one ? 'event' : 'events'}`,
  deliveries: (count, one) => `${count} ${one ? 'delivery' : 'deliveries'}`,
};

/** "The payloads of 400 executions from before May 3, 2031 will be removed tonight."; null: the kind is kept. */
export function dueSentence(kind: RecordKind, due: RetentionDue): string | null {
  const part = due[kind];
  if (!part) return null;
  const since = day.format(new Date(part.before));
  if (part.count === 0) return t`No ${kind} are from before ${since}, so none will be removed tonight.`;
  const count = `${part.more ? t('more than ') : ''}${number.format(part.count)}`;
  const text = t`${things[kind](count, part.count === 1 && !part.more)} from before ${since} will be removed tonight.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
