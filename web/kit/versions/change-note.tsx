import { TextInput } from '../text-input.tsx';

/** Why a version was made. */
export const ChangeNote = (props: { value: string; onInput: (note: string) => void }) => (
  <TextInput
    label="Change note"
    help="Shown in the list of versions."
    maxLength={500}
    value={props.value}
    onInput={props.onInput}
  />
);
