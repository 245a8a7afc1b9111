import { Key } from '@solid-primitives/keyed';
import { createSignal, Show } from 'solid-js';
import { deliveryStatuses } from '../../../../shared/inbound/inbound-schemas.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';
import { DeliverySheet } from './delivery-sheet.tsx';
import { type Delivery, deliveryStatus, type Endpoint, resultWords } from './inbound-words.ts';

type DeliveryStatus = (typeof deliveryStatuses)[number];

const statusOptions = deliveryStatuses.map((value) => ({ value, label: deliveryStatus[value].word }));

/** What an endpoint has accepted, newest first. */
export function InboundDeliveries(props: { endpoint: Endpoint }) {
  const [status, setStatus] = createSignal<DeliveryStatus>();
  const [open, setOpen] = createSignal<string>();
  const deliveries = createPaged(
    queries.inboundWebhooks.deliveries,
    () => ({ id: props.endpoint.id, status: status() }),
    // Being accepted writes no event, so the live stream does not announce it.
    { refetchInterval: 3_000 },
  );
  return (
    <Section
      title={t('Deliveries')}
      aside={<FilterChip label={t('Status')} value={status()} options={statusOptions} onChange={setStatus} />}
    >
      <PagedList
        list={deliveries}
        plural={t('deliveries')}
        empty={
          <p class="text-muted">
            {status() === undefined
              ? t('No deliveries yet. Send a test, or let the source send one.')
              : t('No deliveries with this status.')}
          </p>
        }
      >
        {(rows) => (
          <ul aria-label={t('Deliveries')} class="border-t">
            <Key each={rows()} by="id">
              {(delivery) => <DeliveryRow delivery={delivery()} onOpen={() => setOpen(delivery().id)} />}
            </Key>
          </ul>
        )}
      </PagedList>
      <Show when={open()} keyed>
        {(id) => <DeliverySheet id={id} onClose={() => setOpen(undefined)} />}
      </Show>
    </Section>
  );
}

const DeliveryRow = (props: { delivery: Delivery; onOpen: () => void }) => (
  <li class="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-b py-1.5">
    <span class="w-28 shrink-0">
      <Status {...deliveryStatus[props.delivery.status]} />
    </span>
    <button
      type="button"
      class="min-w-40 flex-1 break-words rounded-sm text-left hover:underline"
      onClick={() => props.onOpen()}
    >
      {resultWords(props.delivery)}
      <Show when={props.delivery.isTest}>
        <span class="ml-2 rounded-sm border px-1.5 text-muted text-sm">{t('Test')}</span>
      </Show>
    </button>
    <Show when={props.delivery.attempts > 1}>
      <span class="text-muted text-sm">{t`${props.delivery.attempts} attempts`}</span>
    </Show>
    <span class="text-muted text-sm">
      <RelativeTime at={props.delivery.receivedAt} />
    </span>
  </li>
);
