import { CopyButton } from '../../../../kit/copy-button.tsx';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { rich, t } from '../../../../words/words.ts';
import type { AuthForm } from './auth-form.ts';
import { SecretField } from './secret-field.tsx';

const callbackUrl = () => `${location.origin}/api/oauth/callback`;

export const oauth2AuthorizationCodeForm: AuthForm = {
  label: t('OAuth 2 sign-in of a person'),
  start: { authorizationUrl: '', tokenUrl: '', clientId: '', clientAuthentication: 'basic' },
  Fields: () => (
    <>
      <p class="text-muted text-sm">
        {rich`A person signs in at the provider once; Interlock renews the access. Save, then choose Connect on the page of the tool or connector. Register this redirect URI at the provider: ${<code class="break-all font-mono">{callbackUrl()}</code>}`}{' '}
        <CopyButton text={callbackUrl()} label={t('Copy redirect URI')} />
      </p>
      <TextField
        pointer="/auth/authorizationUrl"
        label={t('Authorization URL')}
        mono
        required
        placeholder="https://auth.example.com/oauth/authorize"
      />
      <TextField
        pointer="/auth/tokenUrl"
        label={t('Token URL')}
        mono
        required
        placeholder="https://auth.example.com/oauth/token"
      />
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/auth/clientId" label={t('Client ID')} mono required />
        <TextField pointer="/auth/scope" label={t('Scope')} mono optional />
        <SelectField
          pointer="/auth/clientAuthentication"
          label={t('Client secret sent as')}
          otherwise="basic"
          options={[
            { value: 'basic', label: t('Basic authorization') },
            { value: 'body', label: t('Field in the body') },
          ]}
        />
      </div>
      <SecretField field="clientSecret" label={t('Client secret')} optional />
    </>
  ),
};
