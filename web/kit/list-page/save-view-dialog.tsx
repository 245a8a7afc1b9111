import { createSignal } from 'solid-js';
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
      title="Save this view"
      description={props.description}
      verb="Save view"
      ready={name().trim() !== ''}
      send={async () => {
        await props.onSave(name().trim());
        props.onClose();
      }}
      failed="The view was not saved."
      onClose={props.onClose}
    >
      {(issueAt) => (
        <TextInput label="Name" error={issueAt('/name')} maxLength={80} value={name()} onInput={setName} />
      )}
    </FormDialog>
  );
}
