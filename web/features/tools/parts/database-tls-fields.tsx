import { Show } from 'solid-js';
import { SelectField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../kit/document-form/document-form.ts';

const modes = [
  { value: 'auto', label: 'TLS, except for private hosts' },
  { value: 'required', label: 'TLS always' },
  { value: 'off', label: 'No TLS' },
];

/** How the connection to a database is protected. `base` is where the fields are in the document. */
export function DatabaseTlsFields(props: { base: '' | '/config' }) {
  const form = useDocumentForm();
  const mode = () => form.text(`${props.base}/tls`) || 'auto';
  return (
    <>
      <div class="max-w-80">
        <SelectField
          pointer={`${props.base}/tls`}
          label="Encryption"
          options={modes}
          otherwise="auto"
          help={
            mode() === 'off'
              ? 'Anyone on the way can read what is sent.'
              : mode() === 'auto'
                ? 'Private hosts are those listed in Settings → Private addresses.'
                : 'The certificate of the server is always checked.'
          }
        />
      </div>
      <Show when={mode() !== 'off'}>
        <TextField
          pointer={`${props.base}/ca`}
          label="Certificate authority"
          mono
          optional
          rows={3}
          placeholder="-----BEGIN CERTIFICATE-----"
          help="Only if the server's certificate is not from a public authority, as PEM."
        />
      </Show>
    </>
  );
}
