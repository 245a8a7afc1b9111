import { AsyncLocalStorage } from 'node:async_hooks';
import { genericOAuth } from 'better-auth/plugins';
import { z } from 'zod';
import { mayEnter } from './group-roles.ts';
import type { OidcSettings } from './oidc-settings.ts';
import type { ProviderDirectory } from './provider-directory.ts';

/** Of single sign-on, in accounts and URLs. */
export const oidcProvider = 'oidc';

/** What the user info of the provider says about the person who signs in; null until it was read. */
export interface SignInGroups {
  subject: string | null;
  groups: string[];
}

/** Carries the groups from the middle of better-auth's callback to the request that it responds to. */
export const signInGroups = new AsyncLocalStorage<SignInGroups>();

const userInfoSchema = z.looseObject({
  sub: z.string(),
  email: z.string(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
});

export type UserInfo = z.output<typeof userInfoSchema>;

/** The provider refused the token: the person is signed out there, or no longer known. */
export class SignedOutAtProvider extends Error {}

const timeoutMs = 10_000;

/** @throws SignedOutAtProvider, or Error when the provider cannot be reached or its response cannot be read */
export async function readUserInfo(directory: ProviderDirectory, accessToken: string): Promise<UserInfo> {
  const { userinfo_endpoint: url } = await directory.read();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status === 401 || response.status === 403) throw new SignedOutAtProvider();
  if (!response.ok) throw new Error(`The sign-in provider responded with HTTP ${response.status}`);
  return userInfoSchema.parse(await response.json());
}

/** The groups of a person: a list, or a text with one. */
export function groupsOf({ groupsClaim }: OidcSettings, info: UserInfo): string[] {
  return z
    .array(z.string())
    .catch([])
    .parse([info[groupsClaim] ?? []].flat());
}

/** The provider for better-auth. No one without a group that gives a role gets an account. */
export function singleSignOn(settings: OidcSettings, directory: ProviderDirectory) {
  return genericOAuth({
    config: [
      {
        providerId: oidcProvider,
        name: settings.name,
        discoveryUrl: directory.url,
        requireIdTokenVerification: true,
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        scopes: settings.scopes,
        overrideUserInfo: true,
        async getUserInfo({ accessToken }) {
          if (!accessToken) return null;
          const info = await readUserInfo(directory, accessToken);
          const groups = groupsOf(settings, info);
          const signIn = signInGroups.getStore();
          if (signIn) Object.assign(signIn, { subject: info.sub, groups });
          if (!mayEnter(settings, groups)) return null;
          return {
            sub: info.sub,
            id: info.sub,
            email: info.email,
            emailVerified: info.email_verified ?? false,
            name: info.name ?? info.email,
          };
        },
      },
    ],
  });
}
