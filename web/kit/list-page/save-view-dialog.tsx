import { createSignal } from 'solid-js';
import { t } from '../../words/words.ts';
import { FormDialog } from '../form-dialog.tsx';
import { TextInput } from '../text-input.tsx';

/** Asks for the name of a view. */
export function SaveViewDialog(props: {
  description: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
}) {
  const [name, setName] = createSignal('');
  return (
    <FormDialog
      title={t('Save this view')}
      description={props.description}
      verb={t('Save view')}
      ready={name().trim() !== ''}
      send={async () => {
        await props.onSave(name().trim());
        props.onClose();
      }}
      failed={t('The view was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <TextInput
          label={t('Name')}
          error={issueAt('/name')}
          maxLength={80}
          value={name()}
          onInput={setName}
        />
      )}
    </FormDialog>
  );
}
