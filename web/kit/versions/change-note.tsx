import { t } from '../../words/words.ts';
import { TextInput } from '../text-input.tsx';

/** Why a version was made. */
export const ChangeNote = (props: { value: string; onInput: (note: string) => void }) => (
  <TextInput
    label={t('Change note')}
    help={t('Shown in the list of versions.')}
    maxLength={500}
    value={props.value}
    onInput={props.onInput}
  />
);
