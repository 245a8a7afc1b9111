import type { InboundDo } from '../../../../shared/inbound/inbound-actions.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';

export type Endpoint = Outputs['inboundWebhooks']['list']['items'][number];
export type Delivery = Outputs['inboundWebhooks']['deliveries']['items'][number];
export type Template = Outputs['inboundWebhooks']['templates']['items'][number];

export const actionWords: Record<InboundDo, string> = {
  open_exception: 'Open an exception',
  resolve_exception: 'Resolve an exception',
  start_playbook: 'Start a playbook',
  deliver_event: 'Deliver an event to a run',
  execute_tool: 'Execute a tool',
};

export const deliveryStatus: Record<Delivery['status'], { kind: StatusKind; word: string }> = {
  accepted: { kind: 'running', word: 'Accepted' },
  processed: { kind: 'succeeded', word: 'Processed' },
  failed: { kind: 'failed', word: 'Failed' },
};

export const resultStatus: Record<Delivery['results'][number]['status'], { kind: StatusKind; word: string }> =
  {
    succeeded: { kind: 'succeeded', word: 'Succeeded' },
    failed: { kind: 'failed', word: 'Failed' },
    skipped: { kind: 'skipped', word: 'Skipped' },
  };

export const triedStatus: Record<
  Outputs['inboundWebhooks']['try']['results'][number]['status'],
  { kind: StatusKind; word: string }
> = {
  would_run: { kind: 'succeeded', word: 'Would run' },
  skipped: { kind: 'skipped', word: 'Skipped' },
  failed: { kind: 'failed', word: 'Failed' },
};

/** "2. Open an exception, item 3". */
export const actionLabel = (at: { action: number; item: number | null; do: InboundDo }): string =>
  `${at.action + 1}. ${actionWords[at.do]}${at.item === null ? '' : `, item ${at.item + 1}`}`;

/** What a delivery did: "Opened EX-1.", or "2 succeeded, 1 skipped". */
export function resultWords({ results, error }: Delivery): string {
  if (error !== null) return error;
  const [first, ...others] = results;
  if (first?.message && others.length === 0) return first.message;
  const counts = (['succeeded', 'failed', 'skipped'] as const)
    .map((status) => ({ status, count: results.filter((result) => result.status === status).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ status, count }) => `${count} ${status}`).join(', ') || 'No actions yet';
}

export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
