import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

export const oauth2ClientCredentialsForm: AuthForm = {
  label: 'OAuth 2 client credentials',
  start: { tokenUrl: '', clientId: '', clientAuthentication: 'basic' },
  Fields: () => (
    <>
      <TextField
        pointer="/auth/tokenUrl"
        label="Token URL"
        mono
        required
        placeholder="https://auth.example.com/oauth/token"
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/clientId" label="Client ID" mono required />
        <SelectField
          pointer="/auth/clientAuthentication"
          label="Client secret sent as"
          otherwise="basic"
          options={[
            { value: 'basic', label: 'Basic authorization' },
            { value: 'body', label: 'Field in the body' },
          ]}
        />
        <TextField pointer="/auth/scope" label="Scope" mono optional />
        <TextField pointer="/auth/audience" label="Audience" mono optional />
      </div>
      <SecretField field="clientSecret" label="Client secret" />
    </>
  ),
};
