import { Show } from 'solid-js';
import { SelectField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../kit/document-form/document-form.ts';
import { t } from '../../../words/words.ts';

const modes = [
  { value: 'auto', label: t('TLS, except for private hosts') },
  { value: 'required', label: t('TLS always') },
  { value: 'off', label: t('No TLS') },
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
          label={t('Encryption')}
          options={modes}
          otherwise="auto"
          help={
            mode() === 'off'
              ? t('Anyone on the way can read what is sent.')
              : mode() === 'auto'
                ? t('Private hosts are those listed in Settings → Private addresses.')
                : t('The certificate of the server is always checked.')
          }
        />
      </div>
      <Show when={mode() !== 'off'}>
        <TextField
          pointer={`${props.base}/ca`}
          label={t('Certificate authority')}
          mono
          optional
          rows={3}
          placeholder="-----BEGIN CERTIFICATE-----"
          help={t("Only if the server's certificate is not from a public authority, as PEM.")}
        />
      </Show>
    </>
  );
}
