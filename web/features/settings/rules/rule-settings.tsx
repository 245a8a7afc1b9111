import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { FlaskConical, Plus } from 'lucide-solid';
import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { ArchivedLink } from '../../../kit/list-page/archived-link.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Rule } from '../../rules/parts/rule-words.ts';
import { toDocument, toForm } from './rule-form.ts';
import { RuleRow } from './rule-row.tsx';
import { RuleSheet } from './rule-sheet.tsx';
import { TryPanel } from './try-panel.tsx';

type Open = { what: 'edit'; rule: Rule | undefined } | { what: 'archive'; rule: Rule } | { what: 'try' };

/** The rules for new exceptions, in the order in which they are asked. */
export function RuleSettings() {
  const client = useQueryClient();
  const can = useCan();
  const query = useQuery(() => queries.rules.list());
  const known = useQuery(() => queries.exceptions.domains());
  const [open, setOpen] = createSignal<Open>();
  const [busy, setBusy] = createSignal(false);
  const [moved, setMoved] = createSignal('');
  const close = () => setOpen(undefined);
  const rules = () => query.data?.items ?? [];
  const domains = createMemo(() =>
    [
      ...new Set([
        'general',
        ...(known.data?.items ?? []).map(({ name }) => name),
        ...rules().flatMap(({ when }) => when.domains),
      ]),
    ].toSorted(),
  );
  // A row that is moved in the document loses the focus.
  let followed: { id: string; by: -1 | 1 } | undefined;
  const shownOrder = createMemo(() =>
    rules()
      .map(({ id }) => id)
      .join(),
  );
  createEffect(
    on(shownOrder, () => {
      if (followed) focusMove(followed.id, followed.by);
      followed = undefined;
    }),
  );
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'rules') });

  /** Makes one change at a time. */
  async function change(failed: string, work: () => Promise<unknown>): Promise<void> {
    if (busy()) return;
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toastError(failed, error);
    } finally {
      await refresh();
      setBusy(false);
    }
  }
  const setEnabled = (rule: Rule, enabled: boolean) =>
    change(enabled ? t`${rule.name} was not enabled` : t`${rule.name} was not disabled`, () =>
      api.rules.update.mutate({
        id: rule.id,
        rule: toDocument({ ...toForm(rule), enabled }),
        ifMatch: `"${rule.revision}"`,
      }),
    );
  const move = (rule: Rule, by: -1 | 1) =>
    change(t`${rule.name} was not moved`, async () => {
      const ids = rules().map(({ id }) => id);
      const from = ids.indexOf(rule.id);
      const order = ids.toSpliced(from, 1).toSpliced(from + by, 0, rule.id);
      const { items } = await api.rules.reorder.mutate({ ids: order });
      followed = { id: rule.id, by };
      client.setQueryData(queries.rules.list().queryKey, { items, nextCursor: null });
      setMoved(t`${rule.name} is now number ${from + by + 1} of ${ids.length}.`);
    });

  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'Every new exception is checked against these rules from top to bottom, whether a person, a program or an inbound webhook opens it. A rule sets only what the opener has left open and what no rule above it has set. A rule that fails is skipped, and the timeline of the exception says so.',
        )}
      </p>
      <div class="flex flex-wrap gap-2">
        <Show when={can('rules.write')}>
          <Button variant="primary" icon={Plus} onClick={() => setOpen({ what: 'edit', rule: undefined })}>
            {t('Add rule')}
          </Button>
        </Show>
        <Button icon={FlaskConical} onClick={() => setOpen({ what: 'try' })}>
          {t('Try an exception')}
        </Button>
        <ArchivedLink type="rule" />
      </div>
      <p aria-live="polite" class="sr-only">
        {moved()}
      </p>
      <QueryView query={query} what={t('The rules could not be loaded')}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={
              <p class="text-muted">{t('No rules yet. An exception is as its opener has written it.')}</p>
            }
          >
            <ol aria-label={t('Rules')} class="w-full border-t">
              <Key each={page().items} by="id">
                {(rule) => (
                  <RuleRow
                    rule={rule()}
                    last={rule().position === page().items.length}
                    busy={busy()}
                    onMove={(by) => void move(rule(), by)}
                    onEnable={(enabled) => void setEnabled(rule(), enabled)}
                    onEdit={() => setOpen({ what: 'edit', rule: rule() })}
                    onArchive={() => setOpen({ what: 'archive', rule: rule() })}
                  />
                )}
              </Key>
            </ol>
          </Show>
        )}
      </QueryView>
      <Show when={open()} keyed>
        {(at) => (
          <Switch>
            <Match when={at.what === 'edit' && at}>
              {(edit) => <RuleSheet rule={edit().rule} domains={domains()} onClose={close} />}
            </Match>
            <Match when={at.what === 'try'}>
              <Sheet
                open
                onClose={close}
                title={t('Try an exception')}
                description={t('Says what the rules would set, and why. Nothing is stored or started.')}
              >
                <div class="px-5 py-4">
                  <TryPanel domains={domains()} />
                </div>
              </Sheet>
            </Match>
            <Match when={at.what === 'archive' && at}>
              {(asked) => (
                <ActionDialog
                  open
                  danger
                  title={t`Archive ${asked().rule.name}?`}
                  verb={t('Archive')}
                  failed={t('The rule was not archived.')}
                  onClose={close}
                  onConfirm={async () => {
                    const { id, name, revision } = asked().rule;
                    await api.rules.archive.mutate({ id, ifMatch: `"${revision}"` });
                    await refresh();
                    toast(t`${name} archived`);
                  }}
                >
                  {t('New exceptions are no longer checked against it. Exceptions keep what it has set.')}
                </ActionDialog>
              )}
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}

/** The button that moves the rule on, or back from the end of the list. */
function focusMove(id: string, by: -1 | 1): void {
  const buttons = [by, -by].map((each) =>
    document.querySelector<HTMLButtonElement>(`[data-rule="${id}"] [data-move="${each}"]`),
  );
  buttons.find((button) => button && !button.matches(':disabled, [aria-disabled="true"]'))?.focus();
}
