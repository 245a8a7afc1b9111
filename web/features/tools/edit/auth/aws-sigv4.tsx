import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretBox, SecretInput } from './secret-field.tsx';

export const awsSigv4Form: AuthForm = {
  label: t('AWS signature (SigV4)'),
  start: { region: '', service: '' },
  Fields: () => (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/region" label={t('Region')} mono required placeholder="eu-central-1" />
        <TextField
          pointer="/auth/service"
          label={t('Service')}
          help={t('The name that it signs with: s3, execute-api, sqs …')}
          mono
          required
        />
      </div>
      <SecretBox field="keys" label={t('Access keys')} start={{}}>
        {(help) => (
          <>
            <TextField pointer="/auth/keys/accessKeyId" label={t('Access key ID')} mono required />
            <SecretInput
              pointer="/auth/keys/secretAccessKey"
              label={t('Secret access key')}
              help={help}
              required
            />
            <SecretInput
              pointer="/auth/keys/sessionToken"
              label={t('Session token')}
              help={t('Only for temporary keys.')}
            />
          </>
        )}
      </SecretBox>
    </>
  ),
};
