import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretBox, SecretInput } from './secret-field.tsx';

export const mtlsForm: AuthForm = {
  label: 'Client certificate (mTLS)',
  start: {},
  Fields: () => (
    <>
      <SecretBox field="identity" label="Certificate and private key" start={{}}>
        {(help) => (
          <>
            <TextField
              pointer="/auth/identity/certificate"
              label="Certificate (PEM)"
              help="The client certificate, then those between it and its authority."
              rows={5}
              mono
              required
              placeholder="-----BEGIN CERTIFICATE-----"
            />
            <TextField
              pointer="/auth/identity/privateKey"
              label="Private key (PEM)"
              help={help}
              rows={5}
              mono
              required
              placeholder="-----BEGIN PRIVATE KEY-----"
            />
            <SecretInput
              pointer="/auth/identity/passphrase"
              label="Passphrase"
              help="Only for an encrypted private key."
            />
          </>
        )}
      </SecretBox>
      <TextField
        pointer="/auth/ca"
        label="Authority of the server (PEM)"
        help="Only for a server whose certificate comes from an authority of its own."
        rows={3}
        mono
        optional
      />
    </>
  ),
};
