import { BadgeCheck } from 'lucide-solid';
import { Show } from 'solid-js';
import { t } from '../../../../words/words.ts';
import type { StepTypeView } from './step-type-view.ts';

export const approvalView: StepTypeView = {
  icon: BadgeCheck,
  Target: (props) => (
    <Show when={Number(props.step.required) > 1}>
      <span class="text-muted">{t`${String(props.step.required)} people`}</span>
    </Show>
  ),
  outcomes: { approved: { done: 'approved' }, rejected: { done: 'rejected' } },
  needsEarlierResults: true,
};
