import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretBox, SecretInput } from './secret-field.tsx';

export const awsSigv4Form: AuthForm = {
  label: 'AWS signature (SigV4)',
  start: { region: '', service: '' },
  Fields: () => (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/region" label="Region" mono required placeholder="eu-central-1" />
        <TextField
          pointer="/auth/service"
          label="Service"
          help="The name that it signs with: s3, execute-api, sqs …"
          mono
          required
        />
      </div>
      <SecretBox field="keys" label="Access keys" start={{}}>
        {(help) => (
          <>
            <TextField pointer="/auth/keys/accessKeyId" label="Access key ID" mono required />
            <SecretInput
              pointer="/auth/keys/secretAccessKey"
              label="Secret access key"
              help={help}
              required
            />
            <SecretInput
              pointer="/auth/keys/sessionToken"
              label="Session token"
              help="Only for temporary keys."
            />
          </>
        )}
      </SecretBox>
    </>
  ),
};
