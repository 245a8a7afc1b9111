import { Layers } from 'lucide-solid';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { JsonBlock } from '../../../../kit/code-block.tsx';
import { t } from '../../../../words/words.ts';
import { type LooseStep, textOf } from '../outline.ts';
import { batchCompletion } from './batch-outcomes.ts';
import type { StepTypeView } from './step-type-view.ts';

export const batchView: StepTypeView = {
  ...batchCompletion,
  icon: Layers,
  Target: (props) => <span class="font-mono text-muted text-sm">{toolsOf(props.step)}</span>,
  Details: (props) => (
    <details class="mt-1">
      <summary class="w-fit text-faint text-sm hover:text-text">{t('Calls')}</summary>
      <JsonBlock
        value={props.step.calls}
        label={t`Calls of ${textOf(props.step, 'title')}`}
        maxHeight="240px"
      />
    </details>
  ),
};

/** The names of its tools: "refund_payment, send_message". */
export function toolsOf({ calls }: LooseStep): string {
  const names = (Array.isArray(calls) ? calls : []).flatMap((call) =>
    isObject(call) && typeof call.tool === 'string' ? [call.tool] : [],
  );
  return [...new Set(names)].join(', ');
}
