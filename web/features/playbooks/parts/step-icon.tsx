import {
  BadgeCheck,
  Bell,
  BookOpen,
  ClipboardCheck,
  Columns3,
  Hourglass,
  Split,
  SquareDashed,
  Wrench,
} from 'lucide-solid';
import { Dynamic } from 'solid-js/web';
import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import type { Icon } from '../../../kit/button.tsx';
import { stepTypeWord } from './playbook-words.ts';

export const stepIcons: Record<StepType, Icon> = {
  call_tool: Wrench,
  manual: ClipboardCheck,
  approval: BadgeCheck,
  decision: Split,
  wait: Hourglass,
  notify: Bell,
  parallel: Columns3,
  playbook: BookOpen,
};

/** What kind of step it is. */
export function StepIcon(props: { type: string }) {
  return (
    <span title={stepTypeWord(props.type)} class="inline-flex shrink-0 text-faint">
      <Dynamic component={stepIcons[props.type as StepType] ?? SquareDashed} size={14} aria-hidden="true" />
      <span class="sr-only">{stepTypeWord(props.type)}</span>
    </span>
  );
}
