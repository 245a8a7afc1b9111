import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Ellipsis, Plus } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { rolesInWords } from '../../people/parts/role-choice.tsx';
import { ShownOnceDialog } from '../../people/parts/shown-once-dialog.tsx';
import type { ApiKey, NewApiKey } from './api-key.ts';
import { ApiKeyDialog } from './api-key-dialog.tsx';
import { ConnectAgent } from './connect-agent.tsx';
import { QueryGraphql } from './query-graphql.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Open =
  | { what: 'create' }
  | { what: 'value'; made: NewApiKey }
  | { what: 'rotate' | 'revoke'; key: ApiKey };

const statuses: Record<ApiKey['status'], { kind: StatusKind; word: string }> = {
  active: { kind: 'succeeded', word: t('Active') },
  expired: { kind: 'cancelled', word: t('Expired') },
  stopped: { kind: 'failed', word: t('Stopped') },
  revoked: { kind: 'cancelled', word: t('Revoked') },
};

/** The API keys of the organization. Tenant admins only. */
export function ApiKeySettings() {
  const can = useCan();
  return (
    <Show
      when={can('api_keys.read')}
      fallback={<p class="text-faint text-sm">{t('Only tenant admins can see API keys.')}</p>}
    >
      <ApiKeys />
    </Show>
  );
}

function ApiKeys() {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => queries.apiKeys.list());
  const [open, setOpen] = createSignal<Open>();
  const close = () => setOpen(undefined);
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'apiKeys') });
  const show = async (made: NewApiKey) => {
    await refresh();
    setOpen({ what: 'value', made });
  };
  async function revoke({ id, name }: ApiKey): Promise<void> {
    await api.apiKeys.revoke.mutate({ id });
    await refresh();
    toast(t`${name} revoked`);
  }

  return (
    <div class="flex max-w-260 flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'Other systems call Interlock with a key. A key does what its roles and its accountable person allow, within its limits. When that person loses a role or is removed, so does the key.',
        )}
      </p>
      <QueryView query={query} what={t('The API keys could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No API keys yet.')}</p>}>
            <table aria-label={t('API keys')} class="w-full table-fixed border-separate border-spacing-0">
              <thead>
                <tr>
                  <ColumnHeader>{t('Key')}</ColumnHeader>
                  <ColumnHeader class="w-1/3">{t('Roles and limits')}</ColumnHeader>
                  <ColumnHeader class="w-40 max-md:hidden">{t('Last used')}</ColumnHeader>
                  <th scope="col" class="h-7 w-10 border-b">
                    <span class="sr-only">{t('Change')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                <Key each={page().items} by="id">
                  {(key) => (
                    <tr class="align-top">
                      <td class="border-b py-1.5 pr-3">
                        <p class="truncate font-medium">{key().name}</p>
                        <p class="text-muted text-sm">
                          <code class="font-mono">{key().start}…</code> ·{' '}
                          {key().accountable?.name ?? t('no accountable person')}
                        </p>
                        <p class="text-sm">
                          <Status {...statuses[key().status]} size={12} />
                          <Show when={key().status === 'active' && key().expiresAt}>
                            <span class="ml-2 text-muted">
                              {rich`expires ${<RelativeTime at={key().expiresAt} />}`}
                            </span>
                          </Show>
                        </p>
                        <Show when={key().status === 'stopped'}>
                          <p class="text-muted text-sm">
                            {rich`${() => key().accountable?.name ?? t('Its accountable person')} is not a member any more.`}
                          </p>
                        </Show>
                        <Show when={key().previousUntil}>
                          <p class="text-muted text-sm">{rich`The value before stops working ${<RelativeTime at={key().previousUntil} />}.`}</p>
                        </Show>
                      </td>
                      <td class="border-b py-1.5 pr-3 text-muted">
                        <p>{rolesInWords(key().roles)}</p>
                        <For each={limitsOf(key())}>
                          {(line) => <p class="text-sm break-words">{line}</p>}
                        </For>
                      </td>
                      <td class="border-b py-1.5 pr-3 text-muted max-md:hidden">
                        <RelativeTime at={key().lastUsedAt} none={t('Never')} />
                        <Show when={key().lastAddress}>
                          {(address) => <p class="truncate font-mono text-sm">{address()}</p>}
                        </Show>
                      </td>
                      <td class="border-b py-1.5 text-right">
                        <Show when={key().status !== 'revoked' && can('api_keys.write')}>
                          <Menu
                            trigger={<Ellipsis size={14} aria-hidden="true" />}
                            triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                            label={t`More for ${key().name}`}
                            placement="bottom-end"
                          >
                            <MenuItem onSelect={() => setOpen({ what: 'rotate', key: key() })}>
                              {t('Rotate')}
                            </MenuItem>
                            <MenuItem danger onSelect={() => setOpen({ what: 'revoke', key: key() })}>
                              {t('Revoke')}
                            </MenuItem>
                          </Menu>
                        </Show>
                      </td>
                    </tr>
                  )}
                </Key>
              </tbody>
            </table>
          </Show>
        )}
      </QueryView>
      <Show when={can('api_keys.write')}>
        <Button icon={Plus} variant="primary" onClick={() => setOpen({ what: 'create' })}>
          {t('New API key')}
        </Button>
      </Show>
      {/* Below the keys, so after them: what a person reads does not move. */}
      <Show when={!query.isPending}>
        <ConnectAgent />
        <QueryGraphql />
      </Show>
      <Show when={open()} keyed>
        {(at) => (
          <Switch>
            <Match when={at.what === 'create'}>
              <ApiKeyDialog onClose={close} onMade={show} />
            </Match>
            <Match when={at.what === 'value' && at.made}>
              {(made) => (
                <ShownOnceDialog
                  title={t`The key ${made().name}`}
                  description={t('Copy it now: it is not shown again. Send it as “Authorization: Bearer …”.')}
                  copy={t('Copy the key')}
                  secret={made().key}
                  onClose={close}
                >
                  <Show
                    when={made().previousUntil}
                  >{rich`The value before stops working ${<RelativeTime at={made().previousUntil} />}.`}</Show>
                </ShownOnceDialog>
              )}
            </Match>
            <Match when={at.what === 'rotate' && at.key}>
              {(key) => <RotateDialog apiKey={key()} onClose={close} onRotated={show} />}
            </Match>
            <Match when={at.what === 'revoke' && at.key}>
              {(key) => (
                <ActionDialog
                  open
                  title={t`Revoke ${key().name}?`}
                  verb={t('Revoke')}
                  danger
                  failed={t('The key was not revoked.')}
                  onConfirm={() => revoke(key())}
                  onClose={close}
                >
                  {t(
                    'It stops working within ten seconds, everywhere. Its pending invitations and its claims on steps end too.',
                  )}
                </ActionDialog>
              )}
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}

function limitsOf({ tools, doors, addresses }: ApiKey): string[] {
  return [
    ...(tools ? [t`only ${tools.map(({ id, name }) => name ?? id).join(', ')}`] : []),
    ...(doors ? [t`only by ${doors.join(', ')}`] : []),
    ...(addresses ? [t`only from ${addresses.join(', ')}`] : []),
  ];
}
