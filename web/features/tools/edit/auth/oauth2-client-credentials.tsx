import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const oauth2ClientCredentialsForm: AuthForm = {
  label: t('OAuth 2 client credentials'),
  start: { tokenUrl: '', clientId: '', clientAuthentication: 'basic' },
  Fields: () => (
    <>
      <TextField
        pointer="/auth/tokenUrl"
        label={t('Token URL')}
        mono
        required
        placeholder="https://auth.example.com/oauth/token"
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/clientId" label={t('Client ID')} mono required />
        <SelectField
          pointer="/auth/clientAuthentication"
          label={t('Client secret sent as')}
          otherwise="basic"
          options={[
            { value: 'basic', label: t('Basic authorization') },
            { value: 'body', label: t('Field in the body') },
          ]}
        />
        <TextField pointer="/auth/scope" label={t('Scope')} mono optional />
        <TextField pointer="/auth/audience" label={t('Audience')} mono optional />
      </div>
      <SecretField field="clientSecret" label={t('Client secret')} />
    </>
  ),
};
