import type { z } from 'zod';
import { type Auth, authSecretField } from '../tool-definition.ts';
import type { authViewSchema } from '../tool-schemas.ts';

export type AuthView = z.infer<typeof authViewSchema>;

/** Auth as it is shown: whatever could hold a secret is left out, whether one is set is said. */
export function authView(auth: Auth): AuthView {
  if (auth.type === 'none') return { type: 'none', hasSecret: false };
  const { [authSecretField[auth.type]]: _secret, ...shown } = auth as Auth & Record<string, unknown>;
  return { ...(shown as Omit<AuthView, 'hasSecret'>), hasSecret: auth.credentialId !== undefined };
}

/** The same for a definition that is stored: no secret is ever in it, and none may get in. */
export function withoutSecret<A extends Auth>(auth: A, credentialId: string | undefined): A {
  if (auth.type === 'none') return auth;
  const {
    [authSecretField[auth.type]]: _secret,
    credentialId: _given,
    ...rest
  } = auth as A & Record<string, unknown>;
  return { ...rest, ...(credentialId ? { credentialId } : {}) } as A;
}
