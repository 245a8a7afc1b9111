import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Ellipsis, Plus } from 'lucide-solid';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { ArchivedLink } from '../../../kit/list-page/archived-link.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { Switch as OnOff } from '../../../kit/switch.tsx';
import { Warnings } from '../../../kit/warnings.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { type Endpoint, hostOf, WebhookDialog } from './webhook-dialog.tsx';
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx';

type Open =
  | { what: 'edit'; endpoint: Endpoint | undefined }
  | { what: 'secret'; url: string; secret: string; replaced: boolean }
  | { what: 'rotate' | 'remove' | 'deliveries'; endpoint: Endpoint };

/** The endpoints that receive events. Tenant admins only. */
export function WebhookSettings() {
  const can = useCan();
  return (
    <Show
      when={can('webhooks.read')}
      fallback={<p class="text-faint text-sm">{t('Only tenant admins can see webhooks.')}</p>}
    >
      <Endpoints />
    </Show>
  );
}

function Endpoints() {
  const client = useQueryClient();
  const query = useQuery(() => queries.webhooks.list());
  const [open, setOpen] = createSignal<Open>();
  const [busy, setBusy] = createSignal<string>();
  const close = () => setOpen(undefined);
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'webhooks') });

  /** Makes one change at a time, and reports a failure in a toast. */
  async function change(endpoint: Endpoint, failed: string, work: () => Promise<unknown>): Promise<void> {
    if (busy()) return;
    setBusy(endpoint.id);
    try {
      await work();
      await refresh();
    } catch (error) {
      toastError(failed, error);
    } finally {
      setBusy(undefined);
    }
  }
  const setEnabled = (endpoint: Endpoint, enabled: boolean) =>
    change(
      endpoint,
      enabled ? t`${hostOf(endpoint.url)} was not enabled` : t`${hostOf(endpoint.url)} was not disabled`,
      () => api.webhooks.update.mutate({ id: endpoint.id, enabled, ifMatch: entityTag(endpoint.revision) }),
    );
  const rotate = (endpoint: Endpoint) =>
    change(endpoint, t('The secret was not replaced'), async () => {
      const { url, secret } = await api.webhooks.rotateSecret.mutate({ id: endpoint.id });
      setOpen({ what: 'secret', url, secret, replaced: true });
    });
  const remove = (endpoint: Endpoint) =>
    change(endpoint, t('The endpoint was not removed'), async () => {
      await api.webhooks.archive.mutate({ id: endpoint.id });
      toast(t`${hostOf(endpoint.url)} removed`);
      close();
    });

  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'Each endpoint receives a signed POST request for every event of its types. A delivery is retried until the endpoint responds with 2xx: up to eight attempts over 31 hours.',
        )}
      </p>
      <QueryView query={query} what={t('The endpoints could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No endpoints yet.')}</p>}>
            <table
              aria-label={t('Webhook endpoints')}
              class="w-full table-fixed border-separate border-spacing-0"
            >
              <thead>
                <tr>
                  <ColumnHeader>{t('Endpoint')}</ColumnHeader>
                  <ColumnHeader class="w-32 max-sm:hidden">{t('Events')}</ColumnHeader>
                  <ColumnHeader class="w-24">{t('Deliveries')}</ColumnHeader>
                  <th scope="col" class="h-7 w-20 border-b">
                    <span class="sr-only">{t('Enabled, more')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                <Key each={page().items} by="id">
                  {(endpoint) => (
                    <tr>
                      <td class="border-b py-2 pr-3">
                        <p class="truncate font-mono text-sm" title={endpoint().url}>
                          {endpoint().url}
                        </p>
                        <Show when={endpoint().description}>
                          <p class="truncate text-muted text-sm">{endpoint().description}</p>
                        </Show>
                        <Show when={!endpoint().enabled && endpoint().disabledReason}>
                          <p class="text-muted text-sm">{said(endpoint().disabledReason)}</p>
                        </Show>
                        <Warnings of={endpoint().warnings} />
                      </td>
                      <td
                        class="truncate border-b pr-3 text-muted max-sm:hidden"
                        title={endpoint().eventTypes.join(', ') || undefined}
                      >
                        {eventsOf(endpoint())}
                      </td>
                      <td class="border-b">
                        <button
                          type="button"
                          class="text-accent hover:text-accent-hover"
                          aria-label={t`Show deliveries to ${hostOf(endpoint().url)}`}
                          onClick={() => setOpen({ what: 'deliveries', endpoint: endpoint() })}
                        >
                          {t('Show')}
                        </button>
                      </td>
                      <td class="border-b">
                        <div class="flex items-center justify-end gap-2">
                          <OnOff
                            checked={endpoint().enabled}
                            busy={busy() === endpoint().id}
                            label={t`Enable ${hostOf(endpoint().url)}`}
                            onChange={(enabled) => void setEnabled(endpoint(), enabled)}
                          />
                          <Menu
                            trigger={<Ellipsis size={14} aria-hidden="true" />}
                            triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                            label={t`More for ${hostOf(endpoint().url)}`}
                            placement="bottom-end"
                          >
                            <MenuItem onSelect={() => setOpen({ what: 'edit', endpoint: endpoint() })}>
                              {t('Edit')}
                            </MenuItem>
                            <MenuItem onSelect={() => setOpen({ what: 'rotate', endpoint: endpoint() })}>
                              {t('Replace secret')}
                            </MenuItem>
                            <MenuItem
                              danger
                              onSelect={() => setOpen({ what: 'remove', endpoint: endpoint() })}
                            >
                              {t('Remove')}
                            </MenuItem>
                          </Menu>
                        </div>
                      </td>
                    </tr>
                  )}
                </Key>
              </tbody>
            </table>
          </Show>
        )}
      </QueryView>
      <div class="flex flex-wrap gap-2">
        <Button icon={Plus} onClick={() => setOpen({ what: 'edit', endpoint: undefined })}>
          {t('Add endpoint')}
        </Button>
        <ArchivedLink type="webhook" />
      </div>
      <Show when={open()} keyed>
        {(at) => (
          <Switch>
            <Match when={at.what === 'edit' && at}>
              {(edit) => (
                <WebhookDialog
                  endpoint={edit().endpoint}
                  onClose={close}
                  onAdded={({ url, secret }) => setOpen({ what: 'secret', url, secret, replaced: false })}
                />
              )}
            </Match>
            <Match when={at.what === 'secret' && at}>
              {(shown) => <WebhookSecretDialog {...shown()} onClose={close} />}
            </Match>
            <Match when={at.what === 'deliveries' && at}>
              {(shown) => <WebhookDeliveries endpoint={shown().endpoint} onClose={close} />}
            </Match>
            <Match when={at.what === 'rotate' && at}>
              {(asked) => (
                <ConfirmDialog
                  open
                  title={t('Replace the secret?')}
                  verb={t('Replace secret')}
                  busy={busy() !== undefined}
                  onClose={close}
                  onConfirm={() => void rotate(asked().endpoint)}
                >
                  {t('Deliveries are signed with both secrets for one day, so that the receiver can switch.')}
                </ConfirmDialog>
              )}
            </Match>
            <Match when={at.what === 'remove' && at}>
              {(asked) => (
                <ConfirmDialog
                  open
                  danger
                  title={t`Remove ${hostOf(asked().endpoint.url)}?`}
                  verb={t('Remove')}
                  busy={busy() !== undefined}
                  onClose={close}
                  onConfirm={() => void remove(asked().endpoint)}
                >
                  {t('It receives no more events. Pending deliveries are not sent.')}
                </ConfirmDialog>
              )}
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}

function eventsOf({ eventTypes }: Endpoint): string {
  const [first, ...others] = eventTypes;
  if (first === undefined) return t('Every type');
  return others.length === 0 ? first : t`${eventTypes.length} types`;
}
