import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show } from 'solid-js';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { formatClock, formatDuration, formatExactTime } from '../../../kit/format.ts';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { type Endpoint, hostOf } from './webhook-dialog.tsx';

type Delivery = Outputs['webhooks']['deliveries']['items'][number];

const kinds: Record<Delivery['status'], { kind: StatusKind; word: string }> = {
  pending: { kind: 'requested', word: t('Pending') },
  delivered: { kind: 'succeeded', word: t('Delivered') },
  failed: { kind: 'failed', word: t('Failed') },
};

/** The deliveries to an endpoint, newest first, with every attempt. */
export function WebhookDeliveries(props: { endpoint: Endpoint; onClose: () => void }) {
  const deliveries = createPaged(
    queries.webhooks.deliveries,
    () => ({ id: props.endpoint.id }),
    // An attempt writes no event, so the live stream does not announce it.
    { refetchInterval: 3_000 },
  );
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={t`Deliveries to ${hostOf(props.endpoint.url)}`}
      description={t('Newest first. A delivery is retried until the endpoint responds with 2xx.')}
    >
      <PagedList
        list={deliveries}
        plural={t('deliveries')}
        empty={<EmptyState title={t('No deliveries yet.')} />}
      >
        {(rows) => (
          <ul aria-label={t('Deliveries')}>
            <Key each={rows()} by="id">
              {(delivery) => <DeliveryRow delivery={delivery()} enabled={props.endpoint.enabled} />}
            </Key>
          </ul>
        )}
      </PagedList>
    </Sheet>
  );
}

function DeliveryRow(props: { delivery: Delivery; enabled: boolean }) {
  const client = useQueryClient();
  const [busy, setBusy] = createSignal(false);

  async function resend(): Promise<void> {
    setBusy(true);
    try {
      await api.webhooks.redeliver.mutate({ id: props.delivery.id });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'webhooks', 'deliveries') });
    } catch (error) {
      toastError(t('The delivery was not resent'), error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <li class="border-b px-5 py-2">
      <div class="flex min-h-7 items-center gap-3">
        <span class="w-24 shrink-0">
          <Status {...kinds[props.delivery.status]} />
        </span>
        <span class="min-w-0 flex-1 truncate">
          {props.delivery.eventType}{' '}
          <code class="ml-1 font-mono text-faint text-sm">{props.delivery.eventId}</code>
        </span>
        <span class="text-muted">
          <Show when={props.delivery.nextAttemptAt} fallback={<RelativeTime at={props.delivery.createdAt} />}>
            {(at) => <>{rich`next attempt ${<RelativeTime at={at()} />}`}</>}
          </Show>
        </span>
        <Button
          busy={busy()}
          disabled={!props.enabled}
          title={props.enabled ? undefined : t('The endpoint is disabled')}
          aria-label={t`Resend ${props.delivery.eventType} ${props.delivery.eventId}`}
          onClick={() => void resend()}
        >
          {t('Resend')}
        </Button>
      </div>
      <ol aria-label={t('Attempts')} class="text-muted text-sm">
        <For each={props.delivery.attempts}>
          {(attempt, index) => (
            <li class="flex gap-3 py-0.5">
              <span class="w-24 shrink-0 text-faint">{t`Attempt ${index() + 1}`}</span>
              <span class="min-w-0 flex-1 break-words">{attempt.error ?? t`HTTP ${attempt.httpStatus}`}</span>
              <span title={formatExactTime(attempt.at)}>{formatClock(attempt.at)}</span>
              <span class="w-16 text-right">{formatDuration(attempt.durationMs)}</span>
            </li>
          )}
        </For>
      </ol>
    </li>
  );
}
