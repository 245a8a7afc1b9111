import type { AuthType } from '../../../../../shared/tools/tool-definition.ts';
import { apiKeyForm } from './api-key.tsx';
import { apiKeysForm } from './api-keys.tsx';
import type { AuthForm } from './auth-form.ts';
import { awsSigv4Form } from './aws-sigv4.tsx';
import { basicForm } from './basic.tsx';
import { bearerForm } from './bearer.tsx';
import { hmacForm } from './hmac.tsx';
import { inheritForm } from './inherit.tsx';
import { mtlsForm } from './mtls.tsx';
import { noneForm } from './none.tsx';
import { oauth2AuthorizationCodeForm } from './oauth2-authorization-code.tsx';
import { oauth2ClientCredentialsForm } from './oauth2-client-credentials.tsx';
import { standardWebhooksForm } from './standard-webhooks.tsx';

/** The fields of every auth kind. */
export const authForms: Record<AuthType, AuthForm> = {
  none: noneForm,
  inherit: inheritForm,
  api_key: apiKeyForm,
  api_keys: apiKeysForm,
  bearer: bearerForm,
  basic: basicForm,
  oauth2_client_credentials: oauth2ClientCredentialsForm,
  oauth2_authorization_code: oauth2AuthorizationCodeForm,
  mtls: mtlsForm,
  hmac: hmacForm,
  aws_sigv4: awsSigv4Form,
  standard_webhooks: standardWebhooksForm,
};

/** Undefined for a kind that only a newer server knows. */
export const authFormOf = (type: string): AuthForm | undefined =>
  Object.hasOwn(authForms, type) ? authForms[type as AuthType] : undefined;
