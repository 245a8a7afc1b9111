import type { AuthType } from '../../../../../shared/tools/tool-definition.ts';
import { apiKeyForm } from './api-key.tsx';
import type { AuthForm } from './auth-form.ts';
import { basicForm } from './basic.tsx';
import { bearerForm } from './bearer.tsx';
import { inheritForm } from './inherit.tsx';
import { noneForm } from './none.tsx';
import { oauth2AuthorizationCodeForm } from './oauth2-authorization-code.tsx';
import { oauth2ClientCredentialsForm } from './oauth2-client-credentials.tsx';

/** The fields of every auth kind. */
export const authForms: Record<AuthType, AuthForm> = {
  none: noneForm,
  inherit: inheritForm,
  api_key: apiKeyForm,
  bearer: bearerForm,
  basic: basicForm,
  oauth2_client_credentials: oauth2ClientCredentialsForm,
  oauth2_authorization_code: oauth2AuthorizationCodeForm,
};

/** Undefined for a kind that only a newer server knows. */
export const authFormOf = (type: string): AuthForm | undefined =>
  Object.hasOwn(authForms, type) ? authForms[type as AuthType] : undefined;
