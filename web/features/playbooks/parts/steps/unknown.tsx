import { SquareDashed } from 'lucide-solid';
import { JsonBlock } from '../../../../kit/code-block.tsx';
import { t } from '../../../../words/words.ts';
import { type LooseStep, textOf } from '../outline.ts';
import type { StepTypeView } from './step-type-view.ts';

/** A type that this page does not know yet: its own fields appear as JSON. */
export const unknownStepView: StepTypeView = { icon: SquareDashed, Details: OwnFields };

function OwnFields(props: { step: LooseStep }) {
  const own = () => {
    const { id, type, title, instructions, when, assignee, due, ...fields } = props.step;
    return fields;
  };
  return (
    <JsonBlock
      value={own()}
      label={t`Fields of ${textOf(props.step, 'title')}`}
      maxHeight="240px"
      class="mt-1"
    />
  );
}
