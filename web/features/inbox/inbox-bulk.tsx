import { Check, Hand, Stamp, UserRoundPlus } from 'lucide-solid';
import { createMemo, createSignal, lazy, Show, Suspense } from 'solid-js';
import type { BulkItem } from '../../../shared/playbooks/bulk-schemas.ts';
import { api } from '../../api/trpc.ts';
import { useActions } from '../../kit/actions.ts';
import { Button } from '../../kit/button.tsx';
import type { RowPicks } from '../../kit/data-table/row-picks.ts';
import { toast, toastError } from '../../shell/toasts.tsx';
import { said } from '../../words/said.ts';
import { counted, t } from '../../words/words.ts';
import { type NewAssignee, ReassignDialog } from '../playbooks/parts/step-panel/reassign-dialog.tsx';
import { alikeOf, type Item, refOf, type StepItem, type StepRef, stepItem } from './inbox-rows.ts';

const CompleteAlike = lazy(() => import('./complete-alike.tsx'));
const DecideMany = lazy(() => import('../executions/parts/decide-many.tsx'));

/** The most steps of one request. */
const mostAtOnce = 100;

/** How many steps and executions are selected, and what can be done with them. */
export function InboxBulk(props: {
  picks: RowPicks<Item>;
  loaded: readonly Item[];
  /** Gets what was completed or decided. */
  onCompleted: (rows: readonly Item[]) => void;
  /** After anything was done. */
  onChanged: () => void;
}) {
  const count = () => props.picks.rows().length;
  const steps = createMemo(() => props.picks.rows().flatMap((row) => stepItem(row) ?? []));
  const executions = createMemo(() => props.picks.rows().filter((row) => 'execution' in row));
  /** Of the first one that is selected. */
  const alike = createMemo(() => {
    const [first] = props.picks.rows();
    return first ? props.loaded.filter((each) => alikeOf(each) === alikeOf(first)) : [];
  });
  const [busy, setBusy] = createSignal(false);
  const [assigning, setAssigning] = createSignal<readonly StepItem[]>();
  const [completing, setCompleting] = createSignal<readonly StepItem[]>();
  const [deciding, setDeciding] = createSignal<readonly Item[]>();
  const tooMany = () => count() > mostAtOnce;

  /** Says what was done and offers to undo it; what was refused stays selected. */
  const report = (
    rows: readonly StepItem[],
    items: readonly BulkItem[],
    done: (count: number) => string,
    undo: (rows: readonly StepItem[]) => Promise<unknown>,
  ) => {
    const failed = items.filter(({ result }) => result !== 'done');
    const refused = new Set(failed.map(keyOf));
    const changed = rows.filter((row) => !refused.has(keyOf(refOf(row))));
    props.picks.keep([...executions(), ...rows.filter((row) => refused.has(keyOf(refOf(row))))]);
    props.onChanged();
    if (changed.length > 0)
      toast(done(changed.length), {
        label: t('Undo'),
        run: () =>
          void undo(changed)
            .catch((error) => toastError(t('It was not undone'), error))
            .finally(props.onChanged),
      });
    const [first] = failed;
    if (first)
      toastError(
        counted(failed.length, '{0} step was left as it is|{0} steps were left as they are'),
        new Error(said(first.message) ?? ''),
      );
  };
  const claim = async () => {
    const rows = steps();
    if (busy() || rows.length === 0 || tooMany()) return;
    setBusy(true);
    try {
      const { items } = await api.inbox.claim.mutate({ items: rows.map(refOf) });
      report(
        rows,
        items,
        (done) => counted(done, '{0} step is yours|{0} steps are yours'),
        (changed) => api.inbox.release.mutate({ items: changed.map(refOf) }),
      );
    } catch (error) {
      toastError(t('No step was claimed'), error);
    } finally {
      setBusy(false);
    }
  };
  const assign = async (rows: readonly StepItem[], to: NewAssignee) => {
    const { items } = await api.inbox.assign.mutate({ items: rows.map(refOf), ...to });
    report(
      rows,
      items,
      (done) => counted(done, '{0} step was assigned|{0} steps were assigned'),
      (changed) => assignBack(changed),
    );
  };
  useActions(() => [
    ...(steps().length === 0
      ? []
      : [
          {
            id: 'bulk:claim',
            label: t`Claim (${steps().length} selected)`,
            keys: 'shift+c',
            group: 'Selection' as const,
            run: () => void claim(),
          },
          {
            id: 'bulk:assign',
            label: t`Assign (${steps().length} selected)`,
            keys: 'shift+a',
            group: 'Selection' as const,
            run: () => void (tooMany() || setAssigning(steps())),
          },
          {
            id: 'bulk:complete',
            label: t`Complete alike steps (${steps().length} selected)`,
            keys: 'shift+e',
            group: 'Selection' as const,
            run: () => void (tooMany() || setCompleting(steps())),
          },
        ]),
    ...(executions().length === 0
      ? []
      : [
          {
            id: 'bulk:decide',
            label: t`Approve or reject (${executions().length} selected)`,
            keys: 'shift+d',
            group: 'Selection' as const,
            run: () => void (tooMany() || setDeciding(executions())),
          },
        ]),
    ...(count() === 0
      ? []
      : [
          {
            id: 'bulk:clear',
            label: t('Clear the selection'),
            keys: 'escape',
            group: 'Selection' as const,
            run: props.picks.clear,
          },
        ]),
  ]);
  return (
    <>
      <Show when={count() > 0}>
        <section
          aria-label={t('Selection')}
          class="sticky top-0 z-2 flex shrink-0 flex-wrap items-center gap-1.5 border-b bg-sunken px-4 py-1.5"
        >
          <span role="status" class="mr-auto font-medium tabular-nums">
            {t`${count()} selected`}
          </span>
          <Show when={count() < alike().length}>
            <Button
              variant="quiet"
              keys="shift+x"
              title={t('All of the same step of the same playbook, or of the same tool')}
              onClick={() => props.picks.keep(alike())}
            >
              {t`Alike (${alike().length})`}
            </Button>
          </Show>
          <Show when={count() < props.loaded.length}>
            <Button variant="quiet" onClick={() => props.picks.all()}>
              {t`All ${props.loaded.length}`}
            </Button>
          </Show>
          <Button variant="quiet" keys="escape" onClick={() => props.picks.clear()}>
            {t('Clear')}
          </Button>
          <div class="flex w-full flex-wrap gap-1.5">
            <Show when={steps().length > 0}>
              <Button
                icon={Hand}
                keys="shift+c"
                busy={busy()}
                disabled={tooMany()}
                onClick={() => void claim()}
              >
                {t('Claim')}
              </Button>
              <Button
                icon={UserRoundPlus}
                keys="shift+a"
                disabled={tooMany()}
                onClick={() => setAssigning(steps())}
              >
                {t('Assign')}
              </Button>
              <Button icon={Check} keys="shift+e" disabled={tooMany()} onClick={() => setCompleting(steps())}>
                {t('Complete')}
              </Button>
            </Show>
            <Show when={executions().length > 0}>
              <Button
                icon={Stamp}
                keys="shift+d"
                disabled={tooMany()}
                onClick={() => setDeciding(executions())}
              >
                {t('Approve or reject')}
              </Button>
            </Show>
          </div>
          <Show when={tooMany()}>
            <p class="w-full text-muted text-sm">{t`Select ${mostAtOnce} rows or fewer.`}</p>
          </Show>
        </section>
      </Show>
      <Show when={assigning()} keyed>
        {(rows) => (
          <ReassignDialog
            title={counted(rows.length, 'Assign {0} step|Assign {0} steps')}
            send={(to) => assign(rows, to)}
            onClose={() => setAssigning(undefined)}
          />
        )}
      </Show>
      <Show when={completing()} keyed>
        {(rows) => (
          <Suspense>
            <CompleteAlike
              rows={rows}
              onChanged={(done, rest) => {
                props.picks.keep([...executions(), ...rest]);
                props.onCompleted(done);
                props.onChanged();
              }}
              onClose={() => setCompleting(undefined)}
            />
          </Suspense>
        )}
      </Show>
      <Show when={deciding()} keyed>
        {(rows) => (
          <Suspense>
            <DecideMany
              ids={rows.map(executionId)}
              onChanged={(done, rest) => {
                const of = (ids: readonly string[]) => rows.filter((row) => ids.includes(executionId(row)));
                props.picks.keep([...steps(), ...of(rest)]);
                props.onCompleted(of(done));
                props.onChanged();
              }}
              onClose={() => setDeciding(undefined)}
            />
          </Suspense>
        )}
      </Show>
    </>
  );
}

const executionId = (item: Item): string => ('execution' in item ? item.execution.id : '');
const keyOf = ({ runId, stepId }: StepRef): string => `${runId}~${stepId}`;

/** Gives each step to whom it was assigned before. */
async function assignBack(rows: readonly StepItem[]): Promise<void> {
  const before = Map.groupBy(rows, ({ step }) => JSON.stringify(step.assignee));
  for (const [to, of] of before) {
    const { role, user } = (JSON.parse(to) ?? {}) as { role?: string; user?: string };
    if (role || user)
      await api.inbox.assign.mutate({ items: of.map(refOf), ...(user ? { user } : { role }) });
  }
}
