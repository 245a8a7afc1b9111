import { useQueryClient } from '@tanstack/solid-query';
import { Archive, Pencil, RotateCw, Send, Settings } from 'lucide-solid';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { schemeFacts } from '../../../../shared/inbound/inbound-schemes.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { DetailBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Switch as OnOff } from '../../../kit/switch.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { ActionsSheet } from './actions-sheet.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { InboundDeliveries } from './inbound-deliveries.tsx';
import { actionWords, type Endpoint } from './inbound-words.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

type Open = 'edit' | 'actions' | 'rotate' | 'test' | 'archive' | { secret: ShownSecret };

export function InboundDetail(props: { endpoint: Endpoint; back: JSX.Element }) {
  const client = useQueryClient();
  const can = useCan();
  const [open, setOpen] = createSignal<Open>();
  const [busy, setBusy] = createSignal(false);
  const close = () => setOpen(undefined);
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inboundWebhooks') });
  const shownSecret = () => {
    const at = open();
    return typeof at === 'object' ? at.secret : undefined;
  };
  useTitle(() => props.endpoint.name);

  async function setEnabled(enabled: boolean): Promise<void> {
    if (busy()) return;
    setBusy(true);
    try {
      const { id, revision } = props.endpoint;
      await api.inboundWebhooks.update.mutate({ id, enabled, ifMatch: entityTag(revision) });
    } catch (error) {
      toastError(
        enabled ? t`${props.endpoint.name} was not enabled` : t`${props.endpoint.name} was not disabled`,
        error,
      );
    } finally {
      await refresh();
      setBusy(false);
    }
  }

  return (
    <>
      <PageHeader
        title={props.endpoint.name}
        back={props.back}
        aside={
          <Show when={!props.endpoint.enabled}>
            <span class="rounded-sm border px-1.5 text-muted text-sm">{t('Disabled')}</span>
          </Show>
        }
        actions={
          <Show when={can('inbound_webhooks.write')}>
            <div class="flex flex-wrap items-center justify-end gap-2">
              <OnOff
                checked={props.endpoint.enabled}
                busy={busy()}
                label={t`Enable ${props.endpoint.name}`}
                onChange={(enabled) => void setEnabled(enabled)}
              />
              <Button variant="quiet" icon={Archive} onClick={() => setOpen('archive')}>
                {t('Remove')}
              </Button>
              <Button icon={Settings} onClick={() => setOpen('edit')}>
                {t('Edit')}
              </Button>
              <Button icon={RotateCw} onClick={() => setOpen('rotate')}>
                {t('Replace secret')}
              </Button>
              <Button icon={Pencil} onClick={() => setOpen('actions')}>
                {t('Edit actions')}
              </Button>
              <Button variant="primary" icon={Send} onClick={() => setOpen('test')}>
                {t('Send a test')}
              </Button>
            </div>
          </Show>
        }
      />
      <DetailBody facts={<EndpointFacts endpoint={props.endpoint} />}>
        <Section title={t('Actions')}>
          <Show
            when={props.endpoint.actions.length > 0}
            fallback={
              <p class="text-muted">
                {t('No actions yet. Deliveries are stored, and nothing is done with them.')}
              </p>
            }
          >
            <ol class="list-decimal pl-5">
              <For each={props.endpoint.actions}>
                {(action) => (
                  <li class="break-words py-0.5">
                    {actionWords[action.do]}
                    <Show when={action.forEach}>
                      {(list) => <> {rich`for each of ${<code class="font-mono text-sm">{list()}</code>}`}</>}
                    </Show>
                    <Show when={action.when}>
                      {(condition) => (
                        <> {rich`when ${<code class="font-mono text-sm">{condition()}</code>}`}</>
                      )}
                    </Show>
                  </li>
                )}
              </For>
            </ol>
          </Show>
        </Section>
        <InboundDeliveries endpoint={props.endpoint} />
      </DetailBody>
      <Switch>
        <Match when={open() === 'edit'}>
          <EditDialog endpoint={props.endpoint} onSaved={refresh} onClose={close} />
        </Match>
        <Match when={open() === 'actions'}>
          <ActionsSheet endpoint={props.endpoint} onSaved={refresh} onClose={close} />
        </Match>
        <Match when={open() === 'rotate'}>
          <RotateDialog
            endpoint={props.endpoint}
            onRotated={async (secret) => {
              await refresh();
              setOpen({ secret });
            }}
            onClose={close}
          />
        </Match>
        <Match when={open() === 'test'}>
          <TestDialog endpoint={props.endpoint} onSent={refresh} onClose={close} />
        </Match>
        <Match when={shownSecret()} keyed>
          {(shown) => <SecretDialog shown={shown} onClose={close} />}
        </Match>
      </Switch>
      <ArchiveDialog
        open={open() === 'archive'}
        title={props.endpoint.name}
        name={props.endpoint.name}
        id={props.endpoint.id}
        router="inboundWebhooks"
        list={{
          to: '/t/$tenant/settings/$section',
          params: { tenant: tenantSlug(), section: 'inbound-webhooks' },
        }}
        archive={(row) =>
          api.inboundWebhooks.archive.mutate({ ...row, ifMatch: entityTag(props.endpoint.revision) })
        }
        onArchived={(name) => toast(t`${name} removed`)}
        onClose={close}
      >
        {t('Its URL is not found from then on, so its source gets errors. Its deliveries are kept.')}
      </ArchiveDialog>
    </>
  );
}

const EndpointFacts = (props: { endpoint: Endpoint }) => (
  <Facts>
    <Fact label={t('Receive URL')}>
      <span class="flex items-start gap-1">
        <code class="min-w-0 break-all font-mono text-sm">{props.endpoint.receiveUrl}</code>
        <CopyButton text={props.endpoint.receiveUrl} label={t('Copy the receive URL')} />
      </span>
    </Fact>
    <Fact label={t('Proof')}>{said(schemeFacts[props.endpoint.scheme].title)}</Fact>
    <Fact label={t('Secret')}>
      {rich`Since ${<RelativeTime at={props.endpoint.secretSince} />}`}
      <Show when={props.endpoint.previousSecretUntil}>
        {(until) => <>{rich`; the one before ends ${<RelativeTime at={until()} />}`}</>}
      </Show>
    </Fact>
    <Fact label={t('Last received')}>
      <RelativeTime at={props.endpoint.lastDeliveryAt} none={t('Never')} />
    </Fact>
    <Fact label={t('Refused')}>
      <TurnedAway of={props.endpoint.refused} />
    </Fact>
    <Fact label={t('Over the rate limit')}>
      <TurnedAway of={props.endpoint.limited} />
    </Fact>
    <Fact label={t('Rate limit')}>
      {rich`${() => props.endpoint.rateLimit.requestsPerMinute} a minute, ${() => props.endpoint.rateLimit.burst} at once`}
    </Fact>
    <Fact label={t('Accountable')}>{props.endpoint.accountable?.name ?? t('No one')}</Fact>
    <Show when={props.endpoint.description}>
      <Fact label={t('Description')}>{props.endpoint.description}</Fact>
    </Show>
    <Fact label={t('Changed')}>
      {rich`${<RelativeTime at={props.endpoint.updatedAt} />} by ${() => props.endpoint.updatedBy.name}`}
    </Fact>
    <Fact label={t('Created')}>
      {rich`${<RelativeTime at={props.endpoint.createdAt} />} by ${() => props.endpoint.createdBy.name}`}
    </Fact>
  </Facts>
);

const TurnedAway = (props: { of: Endpoint['refused'] }) => (
  <Show when={props.of.count > 0} fallback={t('None')}>
    {rich`${() => props.of.count}, last ${<RelativeTime at={props.of.lastAt} />}`}
    <Show when={props.of.lastReason}>{(reason) => <>: {reason()}</>}</Show>
  </Show>
);
