import { List, Workflow } from 'lucide-solid';
import { For } from 'solid-js';
import { Button } from '../../../../kit/button.tsx';
import { t } from '../../../../words/words.ts';

const views = [
  { view: 'list', word: t('List'), icon: List },
  { view: 'graph', word: t('Graph'), icon: Workflow },
] as const;
export type StepsView = (typeof views)[number]['view'];

/** The steps as a list or as a graph. */
export function ViewSwitch(props: { view: StepsView; onView: (view: StepsView) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={t('Show steps as')} class="flex gap-1">
      <For each={views}>
        {({ view, word, icon }) => (
          <Button
            variant="quiet"
            icon={icon}
            aria-pressed={props.view === view}
            onClick={() => props.onView(view)}
            class={props.view === view ? 'bg-hover text-text' : ''}
          >
            {word}
          </Button>
        )}
      </For>
    </div>
  );
}
