import { Field, inputClass } from '../../../kit/field.tsx';

/** A labelled input for a password. */
export const PasswordInput = (props: {
  label: string;
  /** What password managers go by. */
  autocomplete: 'current-password' | 'new-password';
  value: string;
  onInput: (value: string) => void;
  help?: string | undefined;
  error?: string | undefined;
}) => (
  <Field label={props.label} help={props.help} error={props.error}>
    {(input) => (
      <input
        {...input}
        type="password"
        autocomplete={props.autocomplete}
        maxLength={1000}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        class={inputClass}
      />
    )}
  </Field>
);
