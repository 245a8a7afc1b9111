import { Link } from '@tanstack/solid-router';
import { createSignal, For, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { itemShown, seriesShown, type UndoItem, type UndoSeries, type UndoSource } from './undo-words.ts';

/** What has been or is being undone of a batch or a run, and how someone goes on with what has stopped. */
export function UndoSections(props: {
  of: UndoSource;
  id: string;
  series: readonly UndoSeries[];
  tenant: string;
  onChanged: () => void;
}) {
  return (
    <For each={props.series}>
      {(series) => (
        <Section title={t('Undo')}>
          <div class="flex flex-col gap-3">
            <p class="flex flex-wrap items-center gap-x-3">
              <Status {...seriesShown[series.status]} />
              <span class="text-muted">
                {rich`by ${() => series.runBy.name} ${<RelativeTime at={series.createdAt} />}`}
              </span>
            </p>
            <Show when={series.reason}>{(reason) => <p>{said(reason())}</p>}</Show>
            <ol aria-label={t('Undone, in this order')} class="flex max-w-220 flex-col">
              <For each={series.items}>{(item) => <Item item={item} tenant={props.tenant} />}</For>
            </ol>
            <Show when={series.status === 'stopped'}>
              <GoOn {...props} />
            </Show>
          </div>
        </Section>
      )}
    </For>
  );
}

function Item(props: { item: UndoItem; tenant: string }) {
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-b py-1.5">
      <ExecutionLink id={props.item.executionId} tenant={props.tenant}>
        {props.item.label}
      </ExecutionLink>
      <Status {...itemShown(props.item)} />
      <Show when={props.item.undoneBy}>
        {(by) => (
          <ExecutionLink id={by().id} tenant={props.tenant}>
            {t('Undo')}
          </ExecutionLink>
        )}
      </Show>
      <Show when={props.item.reason}>
        {(reason) => <span class="basis-full text-muted text-sm">{said(reason())}</span>}
      </Show>
    </li>
  );
}

const ExecutionLink = (props: { id: string; tenant: string; children: string }) => (
  <Link
    to="/t/$tenant/executions/$executionId"
    params={{ tenant: props.tenant, executionId: props.id }}
    class="text-accent hover:text-accent-hover"
  >
    {props.children}
  </Link>
);

function GoOn(props: { of: UndoSource; id: string; onChanged: () => void }) {
  const can = useCan();
  const [busy, setBusy] = createSignal<'again' | 'without' | null>(null);
  async function goOn(how: 'again' | 'without'): Promise<void> {
    if (busy()) return;
    setBusy(how);
    try {
      await api[props.of].undo.mutate({ id: props.id, skipFailed: how === 'without', waitMs: 0 });
    } catch (error) {
      toastError(t('The undo was not continued'), error);
    } finally {
      setBusy(null);
      props.onChanged();
    }
  }
  return (
    <Show when={can('tools.execute')}>
      <div class="flex flex-wrap gap-2">
        <Button variant="primary" busy={busy() === 'again'} onClick={() => void goOn('again')}>
          {t('Try again and continue')}
        </Button>
        <Button busy={busy() === 'without'} onClick={() => void goOn('without')}>
          {t('Continue without what failed')}
        </Button>
      </div>
    </Show>
  );
}
