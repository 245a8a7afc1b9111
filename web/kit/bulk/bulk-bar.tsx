import { createSignal, For, Show, Suspense } from 'solid-js';
import { rich, t } from '../../words/words.ts';
import { useActions } from '../actions.ts';
import { Button } from '../button.tsx';
import type { RowPicks } from '../data-table/row-picks.ts';
import type { Bulk } from './bulk-action.ts';
import { BulkDialog } from './bulk-dialog.tsx';

/** How many rows are picked, and what can be done with them. */
export function BulkBar<Row>(props: {
  picks: RowPicks<Row>;
  /** How many rows are loaded. */
  loaded: number;
  actions: Bulk<Row>['actions'];
}) {
  const count = () => props.picks.rows().length;
  const [asked, setAsked] = createSignal<{ action: Bulk<Row>['actions'][number]; rows: readonly Row[] }>();
  const ask = (action: Bulk<Row>['actions'][number]) => setAsked({ action, rows: props.picks.rows() });
  useActions(() =>
    count() === 0
      ? []
      : [
          ...props.actions.map((action) => ({
            id: `bulk:${action.id}`,
            label: t`${action.label} (${count()} selected)`,
            keys: action.keys,
            group: 'Selection' as const,
            run: () => ask(action),
          })),
          {
            id: 'bulk:clear',
            label: t('Clear the selection'),
            keys: 'escape',
            group: 'Selection' as const,
            run: props.picks.clear,
          },
        ],
  );
  return (
    <>
      <Show when={count() > 0}>
        <section
          aria-label={t('Selection')}
          class="flex shrink-0 flex-wrap items-center gap-1.5 border-b bg-sunken px-6 py-1.5 max-sm:px-4"
        >
          <span role="status" class="mr-2 font-medium tabular-nums">
            {t`${count()} selected`}
          </span>
          <For each={props.actions}>
            {(action) => (
              <Button keys={action.keys} onClick={() => ask(action)}>
                {action.label}
              </Button>
            )}
          </For>
          <div class="ml-auto flex flex-wrap items-center gap-1.5">
            <Show when={count() < props.loaded}>
              <Button
                variant="quiet"
                onClick={() => props.picks.all()}
              >{rich`Select all ${() => props.loaded} shown`}</Button>
            </Show>
            <Button variant="quiet" keys="escape" onClick={() => props.picks.clear()}>
              {t('Clear')}
            </Button>
          </div>
        </section>
      </Show>
      <Show when={asked()} keyed>
        {({ action, rows }) => {
          const ends = { onEnd: props.picks.keep, onClose: () => setAsked(undefined) };
          return 'sheet' in action ? (
            <Suspense>{action.sheet({ rows, ...ends })}</Suspense>
          ) : (
            <BulkDialog action={action} rows={rows} name={props.picks.name} {...ends} />
          );
        }}
      </Show>
    </>
  );
}
