import { lazy, Show, Suspense } from 'solid-js';
import { rich, t } from '../../../../words/words.ts';
import { stepPaths } from '../outline.ts';
import type { FlowProps } from './flow-drawing.tsx';

// The layout is needed by few pages.
const FlowDrawing = lazy(() => import('./flow-drawing.tsx'));

/** Larger playbooks are read as a list. */
const mostSteps = 200;

/** A playbook as a graph. It loads when first shown, and fills the element around it. */
export function PlaybookFlow(props: FlowProps) {
  return (
    <Show
      when={stepPaths(props.document).length <= mostSteps}
      fallback={
        <p class="py-2 text-muted">{rich`A playbook of more than ${mostSteps} steps is shown as a list only.`}</p>
      }
    >
      <Suspense fallback={<p class="py-2 text-muted">{t('Loading…')}</p>}>
        <FlowDrawing {...props} />
      </Suspense>
    </Show>
  );
}
