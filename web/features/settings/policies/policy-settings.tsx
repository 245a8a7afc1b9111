import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Ellipsis, FlaskConical, Plus } from 'lucide-solid';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { compareTexts } from '../../../kit/format.ts';
import { ArchivedLink } from '../../../kit/list-page/archived-link.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Switch as OnOff } from '../../../kit/switch.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { Effect, effects } from '../../policies/parts/effect.tsx';
import { type Policy, toDocument, toForm } from './policy-form.ts';
import { PolicySheet } from './policy-sheet.tsx';
import { PolicyVersions } from './policy-versions.tsx';
import { SimulatorSheet } from './simulator-sheet.tsx';

type Open =
  | { what: 'edit'; policy: Policy | undefined }
  | { what: 'archive'; policy: Policy }
  | { what: 'simulate' };

const order = Object.keys(effects);
const route = '/t/$tenant/settings/$section';

/** The policies of the tenant, in the order in which they decide. */
export function PolicySettings() {
  const client = useQueryClient();
  const can = useCan();
  const query = useQuery(() => queries.policies.list({}));
  const [open, setOpen] = createSignal<Open>();
  const [busy, setBusy] = createSignal<string>();
  const close = () => setOpen(undefined);
  const search = useSearch({ from: route });
  const params = useParams({ from: route });
  const navigate = useNavigate();
  /** What is compared has an address. */
  const compare = (of: { policy?: string; from?: number; to?: number }) =>
    void navigate({ to: route, params: params(), search: of, replace: search().policy === of.policy });
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'policies') });
  const sorted = (policies: readonly Policy[]) =>
    policies.toSorted(
      (a, b) => order.indexOf(a.effect) - order.indexOf(b.effect) || compareTexts(a.name, b.name),
    );

  async function setEnabled(policy: Policy, enabled: boolean): Promise<void> {
    if (busy()) return;
    setBusy(policy.id);
    try {
      const document = toDocument({ ...toForm(policy), enabled });
      await api.policies.update.mutate({ id: policy.id, policy: document, ifMatch: `"${policy.revision}"` });
      await refresh();
    } catch (error) {
      toastError(enabled ? t`${policy.name} was not enabled` : t`${policy.name} was not disabled`, error);
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'Every call is decided by these rules: when it is requested, and again just before it is sent. A policy that denies wins; then one that requires approval. A tool with an allow policy runs only what a policy allows; a tool without one runs everything that no policy denies.',
        )}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={can('policies.write')}>
          <Button variant="primary" icon={Plus} onClick={() => setOpen({ what: 'edit', policy: undefined })}>
            {t('Add policy')}
          </Button>
        </Show>
        <Button icon={FlaskConical} onClick={() => setOpen({ what: 'simulate' })}>
          {t('Try a call')}
        </Button>
        <ArchivedLink type="policy" />
      </div>
      <QueryView query={query} what={t('The policies could not be loaded')}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={
              <p class="text-muted">
                {t('No policies yet. Everyone who may execute tools may execute all of them.')}
              </p>
            }
          >
            <ul aria-label={t('Policies')} class="w-full border-t">
              <Key each={sorted(page().items)} by="id">
                {(policy) => (
                  <li class="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-b py-1.5">
                    <span class="w-36">
                      <Effect effect={policy().effect} />
                    </span>
                    <div class="min-w-32 flex-1">
                      <p class="break-words">
                        {policy().name}
                        <Show when={!policy().enabled}>
                          <span class="ml-2 rounded-sm border px-1.5 text-muted text-sm">
                            {t('Disabled')}
                          </span>
                        </Show>
                      </p>
                      <Show when={policy().summary !== policy().name}>
                        <p class="break-words text-muted text-sm">{said(policy().summary)}</p>
                      </Show>
                    </div>
                    <span class="text-muted text-sm max-md:hidden">
                      {rich`${<RelativeTime at={policy().updatedAt} />} by ${() => policy().updatedBy.name}`}
                    </span>
                    <Show when={can('policies.write')}>
                      <div class="flex items-center gap-2">
                        <OnOff
                          checked={policy().enabled}
                          busy={busy() === policy().id}
                          label={t`Enable ${policy().name}`}
                          onChange={(enabled) => void setEnabled(policy(), enabled)}
                        />
                        <Menu
                          trigger={<Ellipsis size={14} aria-hidden="true" />}
                          triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                          label={t`More for ${policy().name}`}
                          placement="bottom-end"
                        >
                          <MenuItem onSelect={() => setOpen({ what: 'edit', policy: policy() })}>
                            {t('Edit')}
                          </MenuItem>
                          <MenuItem onSelect={() => compare({ policy: policy().id })}>
                            {t('Versions')}
                          </MenuItem>
                          <MenuItem danger onSelect={() => setOpen({ what: 'archive', policy: policy() })}>
                            {t('Archive')}
                          </MenuItem>
                        </Menu>
                      </div>
                    </Show>
                  </li>
                )}
              </Key>
            </ul>
          </Show>
        )}
      </QueryView>
      <Show when={query.isSuccess && query.data.items.find(({ id }) => id === search().policy)}>
        {(policy) => (
          <PolicyVersions
            policy={policy()}
            from={search().from}
            to={search().to}
            onCompare={(versions) => compare({ policy: policy().id, ...versions })}
            onClose={() => compare({})}
          />
        )}
      </Show>
      <Show when={open()} keyed>
        {(at) => (
          <Switch>
            <Match when={at.what === 'edit' && at}>
              {(edit) => <PolicySheet policy={edit().policy} onClose={close} />}
            </Match>
            <Match when={at.what === 'simulate'}>
              <SimulatorSheet onClose={close} />
            </Match>
            <Match when={at.what === 'archive' && at}>
              {(asked) => (
                <ActionDialog
                  open
                  danger
                  title={t`Archive ${asked().policy.name}?`}
                  verb={t('Archive')}
                  failed={t('The policy was not archived.')}
                  onClose={close}
                  onConfirm={async () => {
                    const { id, name, revision } = asked().policy;
                    await api.policies.archive.mutate({ id, ifMatch: `"${revision}"` });
                    await refresh();
                    toast(t`${name} archived`);
                    close();
                  }}
                >
                  {t('It no longer decides on any call, from now on. Executions keep what it decided.')}
                </ActionDialog>
              )}
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}
