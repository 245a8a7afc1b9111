import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretBox, SecretInput } from './secret-field.tsx';

export const mtlsForm: AuthForm = {
  label: t('Client certificate (mTLS)'),
  start: {},
  Fields: () => (
    <>
      <SecretBox field="identity" label={t('Certificate and private key')} start={{}}>
        {(help) => (
          <>
            <TextField
              pointer="/auth/identity/certificate"
              label={t('Certificate (PEM)')}
              help={t('The client certificate, then those between it and its authority.')}
              rows={5}
              mono
              required
              placeholder="-----BEGIN CERTIFICATE-----"
            />
            <TextField
              pointer="/auth/identity/privateKey"
              label={t('Private key (PEM)')}
              help={help}
              rows={5}
              mono
              required
              placeholder="-----BEGIN PRIVATE KEY-----"
            />
            <SecretInput
              pointer="/auth/identity/passphrase"
              label={t('Passphrase')}
              help={t('Only for an encrypted private key.')}
            />
          </>
        )}
      </SecretBox>
      <TextField
        pointer="/auth/ca"
        label={t('Authority of the server (PEM)')}
        help={t('Only for a server whose certificate comes from an authority of its own.')}
        rows={3}
        mono
        optional
      />
    </>
  ),
};
