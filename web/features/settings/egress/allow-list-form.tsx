import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js';
import type { EgressSettings, EgressTarget } from '../../../../shared/egress/egress-schemas.ts';
import { maxAllowedHosts } from '../../../../shared/platform/egress-rules.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { staleOf } from '../../../api/stale.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { SaveRow } from '../../../kit/save-row.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { Switch } from '../../../kit/switch.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { counted, rich, t } from '../../../words/words.ts';
import { isCutOff, placeText, readLines, toLines, usesText } from './egress-words.ts';

/** How long after the last key the list is tried. */
const restMs = 300;

/** The list of hosts, and what it would cut off before it is saved. */
export function AllowListForm(props: { settings: EgressSettings }) {
  const can = useCan();
  const client = useQueryClient();
  const id = createUniqueId();
  const [loaded, setLoaded] = createSignal(props.settings);
  const [enabled, setEnabled] = createSignal(props.settings.allowList.enabled);
  const [text, setText] = createSignal(toLines(props.settings.allowList.hosts));
  const [tried, setTried] = createSignal(text());
  const [asks, setAsks] = createSignal(false);
  const lines = () => readLines(text());
  const listChanged = () => toLines(lines().hosts) !== toLines(loaded().allowList.hosts);
  const changed = () =>
    enabled() !== loaded().allowList.enabled || listChanged() || lines().problems.length > 0;
  const mayWrite = () => can('egress.write');
  const load = (next: EgressSettings) => {
    setLoaded(next);
    setEnabled(next.allowList.enabled);
    setText(toLines(next.allowList.hosts));
  };
  // Another person's change appears only if it overwrites nothing that is not saved.
  createEffect(
    on(
      () => props.settings,
      (next) => (changed() ? undefined : load(next)),
      { defer: true },
    ),
  );
  createEffect(() => {
    const next = text();
    const timer = setTimeout(() => setTried(next), restMs);
    onCleanup(() => clearTimeout(timer));
  });

  const check = useQuery(() => {
    const { hosts } = readLines(tried());
    return {
      queryKey: queryKey(tenantSlug(), 'settings', 'checkEgress', hosts),
      queryFn: () => api.settings.checkEgress.mutate({ hosts }),
      placeholderData: (before: { items: EgressTarget[]; nextCursor: null } | undefined) => before,
    };
  });
  const missing = () => check.data?.items.filter(({ allowed }) => !allowed) ?? [];
  const cutOff = () => missing().filter(isCutOff);
  const add = (targets: readonly EgressTarget[]) => {
    const more = targets.map(placeText).filter((line) => !text().split('\n').includes(line));
    setText([text().trimEnd(), ...more].filter(Boolean).join('\n'));
    setTried(text());
  };

  async function save(): Promise<void> {
    const allowList = { enabled: enabled(), hosts: lines().hosts };
    try {
      load(await api.settings.putEgress.mutate({ allowList, ifMatch: entityTag(loaded().revision) }));
      toast(allowList.enabled ? t('Only these hosts may be reached') : t('List saved; it is not enabled'));
    } catch (failure) {
      const stale = staleOf<EgressSettings>(failure);
      if (stale) setLoaded(stale.current);
      throw failure;
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'settings') });
    }
  }
  const { busy, error, submit } = createSubmission(save);
  /** A list that is enabled takes something away: the question says what. */
  const press = () => {
    if (!enabled()) return submit();
    setTried(text());
    setAsks(true);
  };

  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void press();
      }}
    >
      <p id={`${id}-help`} class="max-w-[68ch] text-muted">
        {t(
          'While the list is enabled, calls of tools, token requests and webhooks reach these hosts only. Private addresses must also be on it. A change counts for the next attempt of every call.',
        )}
      </p>
      <div class="flex items-center gap-2">
        <Switch
          label={t('Only the hosts on the list may be reached')}
          checked={enabled()}
          disabled={!mayWrite()}
          onChange={setEnabled}
        />
        <span aria-hidden="true">{t('Only the hosts on the list may be reached')}</span>
      </div>
      <label for={id} class="-mb-2 font-medium text-sm">
        {t('One host per line')}
      </label>
      <textarea
        id={id}
        rows={Math.min(20, Math.max(5, text().split('\n').length + 1))}
        spellcheck={false}
        disabled={!mayWrite()}
        aria-describedby={`${id}-help ${id}-form`}
        aria-invalid={lines().problems.length > 0 ? 'true' : undefined}
        placeholder={t('api.example.com\n*.example.com:443\napi.example.org:443,8443 GET,POST')}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        class="w-full max-w-140 rounded-md border border-line-strong bg-bg px-2 py-1.5 font-mono text-sm disabled:opacity-60 aria-invalid:border-failed"
      />
      <p
        id={`${id}-form`}
        class="-mt-2 max-w-[68ch] text-muted text-sm"
      >{rich`A name or an address; ${<code>*.example.com</code>} is every name below example.com. Ports and methods may follow, as in ${<code>api.example.com:443 GET,POST</code>}. At most ${maxAllowedHosts} hosts.`}</p>
      <For each={lines().problems}>
        {({ line, problem }) => (
          <p role="alert" class="text-failed text-sm">
            <code class="font-mono">{line}</code> {problem}.
          </p>
        )}
      </For>
      <FailureNote failed={t('The list was not saved.')} error={error()} />
      <SaveRow
        mayWrite={mayWrite()}
        writers={t('tenant admins')}
        busy={busy()}
        changed={changed()}
        invalid={lines().problems.length > 0}
        onDiscard={() => load(loaded())}
        changedAt={loaded().changedAt}
        changedBy={loaded().changedBy}
      />

      <section aria-label={t('Not on the list')} class="mt-3 flex flex-col gap-1">
        <QueryView query={check} what={t('What is in use could not be loaded')}>
          {() => (
            <Show
              when={missing().length > 0}
              fallback={<p class="text-muted">{t('Everything that is in use is on this list.')}</p>}
            >
              <div class="flex flex-wrap items-center gap-3">
                <h3 class="font-semibold">{t('In use, and not on this list')}</h3>
                <Show when={mayWrite() && missing().length > 1}>
                  <Button onClick={() => add(missing())}>{t`Add all ${missing().length}`}</Button>
                </Show>
              </div>
              <ul class="flex flex-col">
                <For each={missing()}>
                  {(target) => (
                    <li class="flex flex-wrap items-center justify-between gap-2 border-b py-2">
                      <TargetText target={target} />
                      <Show when={mayWrite()}>
                        <Button onClick={() => add([target])} aria-label={t`Add ${placeText(target)}`}>
                          {t('Add')}
                        </Button>
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </QueryView>
      </section>

      <ActionDialog
        open={asks()}
        title={cutOff().length > 0 ? t`Cut off ${hostCount(cutOff().length)}?` : t('Enable this list?')}
        verb={cutOff().length > 0 ? t('Cut off') : t('Save')}
        danger={cutOff().length > 0}
        failed={t('The list was not saved.')}
        onConfirm={save}
        onClose={() => setAsks(false)}
      >
        <Show
          when={cutOff().length > 0}
          fallback={t('Nothing that is in use, or was reached in the last 30 days, would be cut off.')}
        >
          <span class="block">{t('Calls to these are refused from now on, with the code denied:')}</span>
          <span class="my-2 flex max-h-60 flex-col gap-2 overflow-auto">
            <For each={cutOff()}>{(target) => <TargetText target={target} />}</For>
          </span>
        </Show>
      </ActionDialog>
    </form>
  );
}

const hostCount = (count: number): string => counted(count, '1 host|{0} hosts');

function TargetText(props: { target: EgressTarget }) {
  return (
    <span class="flex min-w-0 flex-col">
      <code class="break-all font-mono text-sm">{placeText(props.target)}</code>
      <span class="text-muted text-sm">
        {usesText(props.target)}
        <Show when={props.target.reached > 0}>
          {' '}
          {rich`· ${() => counted(props.target.reached, '1 request|{0} requests')} in 30 days, the last ${<RelativeTime at={props.target.lastAt} />}`}
        </Show>
      </span>
    </span>
  );
}
