import { For } from 'solid-js';
import { type PiiTreatment, piiTreatments } from '../../../../shared/platform/redaction/pii/pii-kinds.ts';
import { inputClass } from '../../../kit/field.tsx';
import { choiceWords } from './kind-words.ts';

export type Choice = 'off' | PiiTreatment;
const choices: readonly Choice[] = ['off', ...piiTreatments];

export function ChoiceSelect(props: {
  label: string;
  value: Choice;
  disabled: boolean;
  onChange: (choice: Choice) => void;
}) {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      disabled={props.disabled}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice === event.currentTarget.value);
        if (chosen) props.onChange(chosen);
      }}
      class={inputClass}
    >
      <For each={choices}>
        {(choice) => (
          <option value={choice} selected={choice === props.value}>
            {choiceWords[choice]}
          </option>
        )}
      </For>
    </select>
  );
}
