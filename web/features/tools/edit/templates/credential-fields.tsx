import type { Component } from 'solid-js';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../words/words.ts';
import { ApiKeyInputs, placesOf } from '../auth/api-keys.tsx';
import { SecretBox, SecretField, SecretInput } from '../auth/secret-field.tsx';

type Settings = Record<string, unknown>;

const OAuthClient = () => (
  <>
    <div class="max-w-120">
      <TextField pointer="/auth/clientId" label={t('Client ID')} mono required />
    </div>
    <SecretField field="clientSecret" label={t('Client secret')} />
  </>
);

/** What a template does not know of the auth: the person's own part. */
const fields: Record<string, Component<{ settings: Settings }>> = {
  bearer: () => <SecretField field="token" label={t('Token')} />,
  api_key: () => <SecretField field="value" label={t('Key')} />,
  api_keys: (props) => <ApiKeyInputs places={placesOf(props.settings.places)} />,
  basic: () => <SecretField field="password" label={t('Password')} />,
  oauth2_client_credentials: OAuthClient,
  oauth2_authorization_code: OAuthClient,
  aws_sigv4: () => (
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
        </>
      )}
    </SecretBox>
  ),
};

/** Of a secret that has several parts: what is missing is then said of each part. */
export const emptyCredential = (type: string): { keys?: Record<string, never> } =>
  type === 'api_keys' || type === 'aws_sigv4' ? { keys: {} } : {};

export const CredentialFields = (props: { type: string; settings: Settings }) => (
  <Show when={fields[props.type]}>
    {(known) => <Dynamic component={known()} settings={props.settings} />}
  </Show>
);
