import { CopyButton } from '../../../../kit/copy-button.tsx';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

const callbackUrl = () => `${location.origin}/api/oauth/callback`;

export const oauth2AuthorizationCodeForm: AuthForm = {
  label: 'OAuth 2 sign-in of a person',
  start: { authorizationUrl: '', tokenUrl: '', clientId: '', clientAuthentication: 'basic' },
  Fields: () => (
    <>
      <p class="text-muted text-sm">
        A person signs in at the provider once; Interlock renews the access. Save, then choose Connect on the
        page of the tool or connector. Register this redirect URI at the provider:{' '}
        <code class="break-all font-mono">{callbackUrl()}</code>{' '}
        <CopyButton text={callbackUrl()} label="Copy redirect URI" />
      </p>
      <TextField
        pointer="/auth/authorizationUrl"
        label="Authorization URL"
        mono
        required
        placeholder="https://auth.example.com/oauth/authorize"
      />
      <TextField
        pointer="/auth/tokenUrl"
        label="Token URL"
        mono
        required
        placeholder="https://auth.example.com/oauth/token"
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/clientId" label="Client ID" mono required />
        <TextField pointer="/auth/scope" label="Scope" mono optional />
        <SelectField
          pointer="/auth/clientAuthentication"
          label="Client secret sent as"
          otherwise="basic"
          options={[
            { value: 'basic', label: 'Basic authorization' },
            { value: 'body', label: 'Field in the body' },
          ]}
        />
      </div>
      <SecretField field="clientSecret" label="Client secret" optional />
    </>
  ),
};
