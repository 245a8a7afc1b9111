import { Check, Hand, UserRoundPlus } from 'lucide-solid';
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
import { alikeOf, refOf, type StepItem, type StepRef } from './inbox-rows.ts';

const CompleteAlike = lazy(() => import('./complete-alike.tsx'));

/** The most steps of one request. */
const mostAtOnce = 100;

/** How many steps are selected, and what can be done with them. */
export function InboxBulk(props: {
  picks: RowPicks<StepItem>;
  loaded: readonly StepItem[];
  /** Gets the steps that were completed. */
  onCompleted: (rows: readonly StepItem[]) => void;
  /** After anything was done. */
  onChanged: () => void;
}) {
  const count = () => props.picks.rows().length;
  /** Of the first one that is selected. */
  const alike = createMemo(() => {
    const [first] = props.picks.rows();
    return first ? props.loaded.filter((each) => alikeOf(each) === alikeOf(first)) : [];
  });
  const [busy, setBusy] = createSignal(false);
  const [assigning, setAssigning] = createSignal<readonly StepItem[]>();
  const [completing, setCompleting] = createSignal<readonly StepItem[]>();
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
    props.picks.keep(rows.filter((row) => refused.has(keyOf(refOf(row)))));
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
    const rows = props.picks.rows();
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
  useActions(() =>
    count() === 0
      ? []
      : [
          {
            id: 'bulk:claim',
            label: t`Claim (${count()} selected)`,
            keys: 'shift+c',
            group: 'Selection',
            run: () => void claim(),
          },
          {
            id: 'bulk:assign',
            label: t`Assign (${count()} selected)`,
            keys: 'shift+a',
            group: 'Selection',
            run: () => void (tooMany() || setAssigning(props.picks.rows())),
          },
          {
            id: 'bulk:complete',
            label: t`Complete alike steps (${count()} selected)`,
            keys: 'shift+e',
            group: 'Selection',
            run: () => void (tooMany() || setCompleting(props.picks.rows())),
          },
          {
            id: 'bulk:clear',
            label: t('Clear the selection'),
            keys: 'escape',
            group: 'Selection',
            run: props.picks.clear,
          },
        ],
  );
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
              title={t('All of the same step of the same playbook')}
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
              onClick={() => setAssigning(props.picks.rows())}
            >
              {t('Assign')}
            </Button>
            <Button
              icon={Check}
              keys="shift+e"
              disabled={tooMany()}
              onClick={() => setCompleting(props.picks.rows())}
            >
              {t('Complete')}
            </Button>
          </div>
          <Show when={tooMany()}>
            <p class="w-full text-muted text-sm">{t`Select ${mostAtOnce} steps or fewer.`}</p>
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
                props.picks.keep(rest);
                props.onCompleted(done);
                props.onChanged();
              }}
              onClose={() => setCompleting(undefined)}
            />
          </Suspense>
        )}
      </Show>
    </>
  );
}

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
