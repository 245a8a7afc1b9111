import { createMemo, lazy, Show, Suspense } from 'solid-js';
import { t } from '../../../words/words.ts';
import type { BatchCall } from '../parts/batch-words.ts';
import { callGroups } from './call-groups.ts';

// The layout is needed by few pages.
const BatchDrawing = lazy(() => import('./batch-drawing.tsx'));

/** More calls are drawn as groups; more groups are read in the table. */
const mostAlone = 60;
const mostGroups = 150;

/** The calls of a batch, each below everything that it waits for. */
export function BatchGraph(props: { calls: readonly BatchCall[] }) {
  const groups = createMemo(() => callGroups(props.calls, mostAlone));
  return (
    <Show
      when={groups().length <= mostGroups}
      fallback={
        <p class="text-muted">
          {t`A graph of more than ${mostGroups} groups of calls is shown as a table only.`}
        </p>
      }
    >
      <section aria-label={t('Graph of calls')} class="flex h-[50vh] min-h-72 flex-col">
        <Suspense fallback={<p class="py-2 text-muted">{t('Loading…')}</p>}>
          <BatchDrawing groups={groups()} />
        </Suspense>
      </section>
    </Show>
  );
}
