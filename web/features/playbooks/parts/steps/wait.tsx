import { Hourglass } from 'lucide-solid';
import { waitWords } from '../playbook-words.ts';
import type { StepTypeView } from './step-type-view.ts';

export const waitView: StepTypeView = {
  icon: Hourglass,
  Target: (props) => <span class="text-muted">{waitWords(props.step)}</span>,
};
