import { Link } from '@tanstack/solid-router';
import { Plus } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { schemeFacts } from '../../../../shared/inbound/inbound-schemes.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { ArchivedLink } from '../../../kit/list-page/archived-link.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { said } from '../../../words/said.ts';
import { counted, rich, t } from '../../../words/words.ts';
import { CreateDialog } from './create-dialog.tsx';
import type { Endpoint } from './inbound-words.ts';
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx';

/** The endpoints that receive from other systems. */
export function InboundSettings() {
  const can = useCan();
  // Deliveries and refusals write no event, so the live stream does not announce them.
  const query = useQuery(() => ({ ...queries.inboundWebhooks.list(), refetchInterval: 5_000 }));
  const [open, setOpen] = createSignal<'create' | ShownSecret>();
  const close = () => setOpen(undefined);
  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'Other systems send alerts and events to these endpoints. A delivery that proves who sent it is stored, then its actions open and resolve exceptions, start playbooks, deliver events or execute tools.',
        )}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={can('inbound_webhooks.write')}>
          <Button variant="primary" icon={Plus} onClick={() => setOpen('create')}>
            {t('Add endpoint')}
          </Button>
        </Show>
        <ArchivedLink type="inbound_webhook" />
      </div>
      <QueryView query={query} what={t('The endpoints could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No endpoints yet.')}</p>}>
            <ul aria-label={t('Inbound endpoints')} class="w-full border-t">
              <For each={page().items}>{(endpoint) => <EndpointRow endpoint={endpoint} />}</For>
            </ul>
          </Show>
        )}
      </QueryView>
      <Switch>
        <Match when={open() === 'create'}>
          <CreateDialog onClose={close} onCreated={setOpen} />
        </Match>
        <Match when={secretOf(open())} keyed>
          {(shown) => <SecretDialog shown={shown} onClose={close} />}
        </Match>
      </Switch>
    </div>
  );
}

const secretOf = (open: 'create' | ShownSecret | undefined): ShownSecret | undefined =>
  open === 'create' ? undefined : open;

const EndpointRow = (props: { endpoint: Endpoint }) => (
  <li class="flex min-h-9 flex-wrap items-baseline gap-x-4 gap-y-1 border-b py-2">
    <div class="min-w-40 flex-1">
      <Link
        to="/t/$tenant/settings/inbound-webhooks/$webhookId"
        params={{ tenant: tenantSlug(), webhookId: props.endpoint.id }}
        class="break-words font-medium hover:underline"
      >
        {props.endpoint.name}
      </Link>
      <Show when={!props.endpoint.enabled}>
        <span class="ml-2 rounded-sm border px-1.5 text-muted text-sm">{t('Disabled')}</span>
      </Show>
      <p class="break-words text-muted text-sm">
        {said(schemeFacts[props.endpoint.scheme].title)} ·{' '}
        {counted(props.endpoint.actions.length, '{0} action|{0} actions')}
      </p>
    </div>
    <Health endpoint={props.endpoint} />
  </li>
);

/** When it last received something, and what it has turned away. */
const Health = (props: { endpoint: Endpoint }) => (
  <div class="flex flex-col text-sm md:w-72">
    <span class="text-muted">
      {rich`Last received ${<RelativeTime at={props.endpoint.lastDeliveryAt} none="never" />}`}
    </span>
    <Show when={props.endpoint.failedDeliveries > 0}>
      <span class="text-failed">
        {t`${counted(props.endpoint.failedDeliveries, '{0} delivery|{0} deliveries')} failed`}
      </span>
    </Show>
    <Show when={props.endpoint.refused.count > 0}>
      <span class="text-failed">
        {rich`${() => props.endpoint.refused.count} refused, last ${<RelativeTime at={props.endpoint.refused.lastAt} />}`}
        <Show when={props.endpoint.refused.lastReason}>{(reason) => <>: {reason()}</>}</Show>
      </span>
    </Show>
    <Show when={props.endpoint.limited.count > 0}>
      <span class="text-unknown">
        {t`${props.endpoint.limited.count} over the rate limit, last`}{' '}
        <RelativeTime at={props.endpoint.limited.lastAt} />
      </span>
    </Show>
  </div>
);
