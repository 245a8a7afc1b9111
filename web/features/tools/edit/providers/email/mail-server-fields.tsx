import { SelectField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';

const modes = [
  { value: 'starttls', label: t('STARTTLS (required)') },
  { value: 'implicit', label: t('TLS from the start') },
  { value: 'none', label: t('None: in clear text') },
];

/** Where mail is handed over: of a tool below `/config`, of a connector at the root. */
export function MailServerFields(props: { base: '' | '/config' }) {
  const form = useDocumentForm();
  const tls = () => form.text(`${props.base}/tls`) || 'starttls';
  return (
    <>
      <div class="grid grid-cols-[minmax(0,1fr)_200px_104px] gap-3.5 max-sm:grid-cols-1">
        <TextField
          pointer={`${props.base}/host`}
          label={t('Mail server')}
          mono
          required
          placeholder="smtp.example.com"
        />
        <SelectField pointer={`${props.base}/tls`} label={t('Encryption')} value={tls()} options={modes} />
        <NumberField
          pointer={`${props.base}/port`}
          label={t('Port')}
          placeholder={tls() === 'implicit' ? '465' : '587'}
        />
      </div>
      <TextField
        pointer={`${props.base}/ca`}
        label={t('Certificate authority')}
        mono
        rows={2}
        optional
        placeholder="-----BEGIN CERTIFICATE-----"
        help={t('In PEM, for a server with a certificate of your own. Public ones need none.')}
      />
    </>
  );
}
