import { Rows3 } from 'lucide-solid';
import { rich } from '../../../../words/words.ts';
import { textOf } from '../outline.ts';
import { batchCompletion } from './batch-outcomes.ts';
import { ToolAndVersion } from './call-tool.tsx';
import type { StepTypeView } from './step-type-view.ts';

export const forEachView: StepTypeView = {
  ...batchCompletion,
  icon: Rows3,
  Target: ToolAndVersion,
  Details: (props) => (
    <p class="text-muted text-sm">
      {rich`For each of ${<code class="break-all font-mono">{textOf(props.step, 'items')}</code>}`}
    </p>
  ),
};
