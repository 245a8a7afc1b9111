import { Dynamic } from 'solid-js/web';
import { stepTypeWord } from './playbook-words.ts';
import { stepTypeView } from './steps/registry.ts';

/** The type of a step as an icon. */
export const StepIcon = (props: { type: string }) => (
  <span title={stepTypeWord(props.type)} class="inline-flex shrink-0 text-faint">
    <Dynamic component={stepTypeView(props.type).icon} size={14} aria-hidden="true" />
    <span class="sr-only">{stepTypeWord(props.type)}</span>
  </span>
);
