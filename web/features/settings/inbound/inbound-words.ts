import type { InboundDo } from '../../../../shared/inbound/inbound-actions.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

export type Endpoint = Outputs['inboundWebhooks']['list']['items'][number];
export type Delivery = Outputs['inboundWebhooks']['deliveries']['items'][number];
export type Template = Outputs['inboundWebhooks']['templates']['items'][number];

export const actionWords: Record<InboundDo, string> = {
  open_exception: t('Open an exception'),
  resolve_exception: t('Resolve an exception'),
  start_playbook: t('Start a playbook'),
  deliver_event: t('Deliver an event to a run'),
  execute_tool: t('Execute a tool'),
};

export const deliveryStatus: Record<Delivery['status'], { kind: StatusKind; word: string }> = {
  accepted: { kind: 'running', word: t('Accepted') },
  processed: { kind: 'succeeded', word: t('Processed') },
  failed: { kind: 'failed', word: t('Failed') },
};

export const resultStatus: Record<Delivery['results'][number]['status'], { kind: StatusKind; word: string }> =
  {
    succeeded: { kind: 'succeeded', word: t('Succeeded') },
    failed: { kind: 'failed', word: t('Failed') },
    skipped: { kind: 'skipped', word: t('Skipped') },
  };

export const triedStatus: Record<
  Outputs['inboundWebhooks']['try']['results'][number]['status'],
  { kind: StatusKind; word: string }
> = {
  would_run: { kind: 'succeeded', word: t('Would run') },
  skipped: { kind: 'skipped', word: t('Skipped') },
  failed: { kind: 'failed', word: t('Failed') },
};

/** "2. Open an exception, item 3". */
export const actionLabel = (at: { action: number; item: number | null; do: InboundDo }): string =>
  `${at.action + 1}. ${actionWords[at.do]}${at.item === null ? '' : t`, item ${at.item + 1}`}`;

/** What a delivery did: "Opened EX-1.", or "2 succeeded, 1 skipped". */
export function resultWords({ results, error }: Delivery): string {
  if (error !== null) return error;
  const [first, ...others] = results;
  if (first?.message && others.length === 0) return said(first.message);
  const of = (status: (typeof results)[number]['status']) =>
    results.filter((result) => result.status === status).length;
  return (
    [
      of('succeeded') > 0 && t`${of('succeeded')} succeeded`,
      of('failed') > 0 && t`${of('failed')} failed`,
      of('skipped') > 0 && t`${of('skipped')} skipped`,
    ]
      .filter(Boolean)
      .join(', ') || t('No actions yet')
  );
}
