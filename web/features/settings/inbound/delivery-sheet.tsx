import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { Fact } from '../../../kit/facts.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { actionLabel, deliveryStatus, resultStatus } from './inbound-words.ts';

type Detail = Outputs['inboundWebhooks']['delivery'];
type Result = Detail['results'][number];

/** One delivery: what was received, redacted, and what each action did. */
export function DeliverySheet(props: { id: string; onClose: () => void }) {
  const client = useQueryClient();
  const can = useCan();
  const query = useQuery(() => ({
    ...queries.inboundWebhooks.delivery({ id: props.id }),
    refetchInterval: 3_000,
  }));
  const [asked, setAsked] = createSignal<'rest' | 'all'>();

  async function redeliver(repeat: boolean): Promise<void> {
    const next = await api.inboundWebhooks.redeliver.mutate({ id: props.id, repeat });
    client.setQueryData(queries.inboundWebhooks.delivery({ id: props.id }).queryKey, next);
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inboundWebhooks', 'deliveries') });
    toast(t('The delivery is processed again'));
  }

  return (
    <Sheet
      open
      onClose={props.onClose}
      title={t('Delivery')}
      aside={<Show when={query.data}>{(found) => <Status {...deliveryStatus[found().status]} />}</Show>}
      footer={
        <Show when={can('inbound_webhooks.write') && query.data?.status !== 'accepted'}>
          <div class="flex-1" />
          <Button onClick={() => setAsked('all')}>{t('Repeat all actions')}</Button>
          <Button variant="primary" onClick={() => setAsked('rest')}>
            {t('Redeliver')}
          </Button>
        </Show>
      }
    >
      <QueryView query={query} what={t('The delivery could not be loaded')}>
        {(delivery) => (
          <div class="flex flex-col gap-4 px-5 py-4">
            <Show when={delivery().error}>
              {(error) => (
                <p
                  role="alert"
                  class={`break-words ${delivery().status === 'failed' ? 'text-failed' : 'text-muted'}`}
                >
                  {error()}
                </p>
              )}
            </Show>
            <Results results={delivery().results} />
            <DeliveryFacts delivery={delivery()} />
            <Show
              when={delivery().headers}
              fallback={
                <p class="text-muted">
                  {t('Headers and body are shown, redacted, when the delivery has been processed.')}
                </p>
              }
            >
              {(headers) => (
                <>
                  <Part title={t('Body')}>
                    <JsonTree value={delivery().body} label={t('Body')} />
                  </Part>
                  <Part title={t('Headers')}>
                    <JsonTree value={headers()} label={t('Headers')} />
                  </Part>
                </>
              )}
            </Show>
          </div>
        )}
      </QueryView>
      <ActionDialog
        open={asked() !== undefined}
        danger={asked() === 'all'}
        title={asked() === 'all' ? t('Repeat all actions?') : 'Redeliver?'}
        verb={asked() === 'all' ? t('Repeat all actions') : t('Redeliver')}
        failed={t('The delivery was not processed again.')}
        onClose={() => setAsked(undefined)}
        onConfirm={() => redeliver(asked() === 'all')}
      >
        {asked() === 'all'
          ? t(
              'The actions of today are done with it, also those that have succeeded: they take effect a second time.',
            )
          : t('The actions of today are done with it, except those that have succeeded.')}
      </ActionDialog>
    </Sheet>
  );
}

const Part = (props: { title: string; children: JSX.Element }) => (
  <section class="flex flex-col gap-1.5">
    <h3 class="font-semibold">{props.title}</h3>
    {props.children}
  </section>
);

const Results = (props: { results: readonly Result[] }) => (
  <Part title={t('What the actions did')}>
    <Show when={props.results.length > 0} fallback={<p class="text-muted">{t('Nothing yet.')}</p>}>
      <ol>
        <For each={props.results}>
          {(result) => (
            <li class="flex flex-wrap gap-x-3 border-t py-1.5">
              <span class="w-28 shrink-0">
                <Status {...resultStatus[result.status]} />
              </span>
              <div class="min-w-40 flex-1">
                <p class="break-words">{actionLabel(result)}</p>
                <Show when={result.message}>
                  {(message) => <p class="break-words text-muted">{said(message())}</p>}
                </Show>
                <p class="flex gap-3 empty:hidden">
                  <Made result={result} />
                </p>
              </div>
            </li>
          )}
        </For>
      </ol>
    </Show>
  </Part>
);

const linkClass = 'text-accent hover:text-accent-hover';

/** Links to what an action made or changed. */
const Made = (props: { result: Result }) => (
  <>
    <Show when={props.result.exceptionId}>
      {(exceptionId) => (
        <Link
          to="/t/$tenant/exceptions/$exceptionId"
          params={{ tenant: tenantSlug(), exceptionId: exceptionId() }}
          class={linkClass}
        >
          {t('Exception')}
        </Link>
      )}
    </Show>
    <Show when={props.result.runId}>
      {(runId) => (
        <Link
          to="/t/$tenant/playbook-runs/$runId"
          params={{ tenant: tenantSlug(), runId: runId() }}
          class={linkClass}
        >
          {t('Playbook run')}
        </Link>
      )}
    </Show>
    <Show when={props.result.executionId}>
      {(executionId) => (
        <Link
          to="/t/$tenant/executions/$executionId"
          params={{ tenant: tenantSlug(), executionId: executionId() }}
          class={linkClass}
        >
          {t('Execution')}
        </Link>
      )}
    </Show>
  </>
);

const DeliveryFacts = (props: { delivery: Detail }) => (
  <dl aria-label={t('About the delivery')} class="grid grid-cols-2 gap-3 sm:grid-cols-4">
    <Fact label={t('Received')}>
      <RelativeTime at={props.delivery.receivedAt} />
    </Fact>
    <Fact label={t('From')}>{props.delivery.address ?? t('Unknown')}</Fact>
    <Fact label={t('ID of the source')}>
      <Show when={props.delivery.senderId} fallback={t('None')}>
        {(id) => <span class="break-all font-mono text-sm">{id()}</span>}
      </Show>
    </Fact>
    <Fact label={t('Content')}>
      {rich`${() => props.delivery.contentType}, ${() => props.delivery.bodyBytes} bytes`}
    </Fact>
    <Fact label={t('Attempts')}>{props.delivery.attempts}</Fact>
    <Fact label={t('Redelivered')}>{props.delivery.redeliveries}</Fact>
    <Fact label={t('Ended')}>
      <RelativeTime at={props.delivery.endedAt} none={t('Not yet')} />
    </Fact>
  </dl>
);
