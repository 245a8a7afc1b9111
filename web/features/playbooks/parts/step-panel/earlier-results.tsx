import { createEffect, For, Show } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { JsonTree } from '../../../../kit/json-tree/json-tree.tsx';
import { t } from '../../../../words/words.ts';
import { stepTypeView } from '../steps/registry.ts';
import type { StepView } from './step-view.ts';

/** How many of the latest results are shown. */
const shown = 4;

/** The results that an approval or a decision is based on. */
export function EarlierResults(props: {
  step: StepView;
  /** Gets what is shown, once it has loaded. */
  onShown: (results: string) => void;
}) {
  const query = useQuery(() => queries.runs.get({ id: props.step.runId }));
  const results = () =>
    (query.isSuccess ? query.data.steps : [])
      .filter(
        (step) =>
          step.number < props.step.number &&
          step.status === 'completed' &&
          !stepTypeView(step.type).hasNoResult &&
          typeof step.output === 'object' &&
          step.output !== null,
      )
      .slice(-shown);
  createEffect(() => {
    if (query.isSuccess || query.isError)
      props.onShown(JSON.stringify(results().map(({ output }) => output)));
  });
  return (
    <Show when={results().length > 0}>
      <section aria-label={t('Earlier results')} class="flex flex-col gap-2">
        <h4 class="label-caps">{t('Earlier results')}</h4>
        <For each={results()}>
          {(step) => (
            <div class="flex flex-col gap-1">
              <p class="text-sm">
                {step.title}
                <Show when={step.completedBy && step.completedBy.type !== 'system'}>
                  <span class="text-muted">, {step.completedBy?.name}</span>
                </Show>
              </p>
              <JsonTree value={step.output} label={t`Output of ${step.title}`} maxHeight="160px" />
            </div>
          )}
        </For>
      </section>
    </Show>
  );
}
