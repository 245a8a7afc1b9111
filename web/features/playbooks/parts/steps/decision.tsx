import { Split } from 'lucide-solid';
import { Show } from 'solid-js';
import { rich, t } from '../../../../words/words.ts';
import { textOf } from '../outline.ts';
import { bareExpression } from '../playbook-words.ts';
import type { StepTypeView } from './step-type-view.ts';

export const decisionView: StepTypeView = {
  icon: Split,
  Target: (props) => (
    <Show when={textOf(props.step, 'choose')}>
      {(expression) => (
        <span class="text-muted">
          {rich`by ${<code class="font-mono text-sm">{bareExpression(expression())}</code>}`}
        </span>
      )}
    </Show>
  ),
  groupWord: t('If'),
  needsEarlierResults: true,
};
