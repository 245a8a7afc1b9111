import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Ellipsis, Plus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button, ButtonLink, buttonClass } from '../../../kit/button.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { Switch } from '../../../kit/switch.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { LastFailure } from '../../notifications/parts/last-failure.tsx';
import type { Channel } from './channel.ts';
import { ChannelDialog } from './channel-dialog.tsx';

type Open = { what: 'edit'; channel: Channel | undefined } | { what: 'remove'; channel: Channel };

/** Tools of the organization that send notifications to its people. */
export function ChannelSettings() {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => queries.notifications.channels());
  const [open, setOpen] = createSignal<Open>();
  const [busy, setBusy] = createSignal<string>();
  /** What the last test has begun. */
  const [tested, setTested] = createSignal<{ channel: string; executionId: string }>();
  const mayWrite = () => can('notification_channels.write');
  const close = () => setOpen(undefined);

  async function change(channel: Channel, failed: string, work: () => Promise<unknown>): Promise<void> {
    if (busy()) return;
    setBusy(channel.id);
    try {
      await work();
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'notifications') });
    } catch (error) {
      toastError(failed, error);
    } finally {
      setBusy(undefined);
    }
  }
  const test = (channel: Channel) =>
    change(channel, t('No test was sent'), async () => {
      const { executionId } = await api.notifications.testChannel.mutate({ id: channel.id });
      setTested({ channel: channel.id, executionId });
    });
  const enable = (channel: Channel, enabled: boolean) =>
    change(channel, enabled ? t('The channel was not enabled') : t('The channel was not disabled'), () => {
      const { id, name, toolId, input, revision } = channel;
      const ifMatch = entityTag(revision);
      return api.notifications.updateChannel.mutate({ id, name, toolId, input, enabled, ifMatch });
    });
  const remove = (channel: Channel) =>
    change(channel, t('The channel was not removed'), async () => {
      await api.notifications.archiveChannel.mutate({ id: channel.id });
      toast(t`${channel.name} removed`);
      close();
    });

  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'A channel is a tool that sends notifications, such as one that posts to Slack or Teams. People choose it in their profile. What it sends is an ordinary execution of the one who saved it last, with the policies of the tool.',
        )}
      </p>
      <QueryView query={query} what={t('The channels could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No channels yet.')}</p>}>
            <ul aria-label={t('Notification channels')} class="w-full">
              <Key each={page().items} by="id">
                {(channel) => (
                  <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2">
                    <div class="min-w-0 flex-1">
                      <p class="break-words font-medium">{channel().name}</p>
                      <p class="text-muted text-sm">
                        {t`${channel().toolName ?? t('A tool that is gone')}, owned by ${channel().owner}, chosen by ${counted(channel().people, '{0} person|{0} people')}`}
                      </p>
                      <Show when={!channel().enabled && channel().disabledReason}>
                        <p class="text-failed text-sm">{said(channel().disabledReason)}</p>
                      </Show>
                      <LastFailure failure={channel().lastFailure} />
                    </div>
                    <Show when={tested()?.channel === channel().id && tested()}>
                      {(done) => (
                        <ButtonLink
                          variant="quiet"
                          to="/t/$tenant/executions/$executionId"
                          params={{ tenant: tenantSlug(), executionId: done().executionId }}
                        >
                          {t('Show the test')}
                        </ButtonLink>
                      )}
                    </Show>
                    <Show when={mayWrite()}>
                      <Button
                        busy={busy() === channel().id}
                        disabled={!channel().enabled}
                        aria-label={t`Send a test by ${channel().name}`}
                        onClick={() => void test(channel())}
                      >
                        {t('Send a test')}
                      </Button>
                      <Switch
                        checked={channel().enabled}
                        busy={busy() === channel().id}
                        label={t`Enable ${channel().name}`}
                        onChange={(enabled) => void enable(channel(), enabled)}
                      />
                      <Menu
                        trigger={<Ellipsis size={14} aria-hidden="true" />}
                        triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                        label={t`More for ${channel().name}`}
                        placement="bottom-end"
                      >
                        <MenuItem onSelect={() => setOpen({ what: 'edit', channel: channel() })}>
                          {t('Edit')}
                        </MenuItem>
                        <MenuItem danger onSelect={() => setOpen({ what: 'remove', channel: channel() })}>
                          {t('Remove')}
                        </MenuItem>
                      </Menu>
                    </Show>
                  </li>
                )}
              </Key>
            </ul>
          </Show>
        )}
      </QueryView>
      <Show when={mayWrite()}>
        <Button icon={Plus} onClick={() => setOpen({ what: 'edit', channel: undefined })}>
          {t('Add channel')}
        </Button>
      </Show>
      <Show when={open()} keyed>
        {(at) => (
          <Show
            when={at.what === 'remove' && at.channel}
            fallback={<ChannelDialog channel={at.channel} onClose={close} />}
          >
            {(channel) => (
              <ConfirmDialog
                open
                danger
                title={t`Remove ${channel().name}?`}
                verb={t('Remove')}
                busy={busy() !== undefined}
                onClose={close}
                onConfirm={() => void remove(channel())}
              >
                {counted(
                  channel().people,
                  '{0} person gets nothing by it any more.|{0} people get nothing by it any more.',
                )}
              </ConfirmDialog>
            )}
          </Show>
        )}
      </Show>
    </div>
  );
}
