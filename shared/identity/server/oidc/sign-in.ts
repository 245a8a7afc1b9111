import type pg from 'pg';
import { InterlockError } from '../../../platform/error-codes.ts';
import { type Auth, type AuthOptions, createAuth } from '../auth.ts';
import { applyGroupRoles, type MembershipChange, mayEnter, rolesOfGroups } from './group-roles.ts';
import type { OidcSettings } from './oidc-settings.ts';
import {
  assertReachable,
  groupsOf,
  oidcProvider,
  readUserInfo,
  SignedOutAtProvider,
  type SignInGroups,
  signInGroups,
} from './single-sign-on.ts';

export interface SingleSignOn {
  name: string;
  /**
   * The address of the provider where a person signs in, with the cookie that ties its response to this browser.
   * @param returnTo a path of the pages
   * @throws InterlockError `unavailable` while the provider cannot be reached
   */
  begin(request: Request, returnTo: string): Promise<Response>;
  /** The browser is back: a redirect into the pages, or to the sign-in page with `problem`. */
  finish(request: Request): Promise<{ response: Response; userId: string | null }>;
  /**
   * Asks the provider, at most as often as the settings say, whether a person still belongs to their groups.
   * @returns false when they have no access any more: their sessions have ended
   */
  recheck(userId: string): Promise<boolean>;
}

interface Parts {
  options: AuthOptions;
  settings: OidcSettings;
  changed(changes: MembershipChange[]): Promise<void>;
}

export const signInProblem = (problem: string): string => `/sign-in?problem=${problem}`;

async function knowsProvider({ $context }: Auth): Promise<boolean> {
  return (await $context).socialProviders.some(({ id }) => id === oidcProvider);
}

export function createSingleSignOn({ options, settings, changed }: Parts): SingleSignOn {
  const { pool } = options;
  let auth = createAuth(options);

  /** better-auth reads the provider's configuration once: a provider that was away then is asked again. */
  async function connected(): Promise<Auth> {
    if (!(await knowsProvider(auth))) auth = createAuth(options);
    if (await knowsProvider(auth)) return auth;
    throw new InterlockError('unavailable', `${settings.name} cannot be reached. You are not signed in.`);
  }

  async function apply(userId: string, groups: string[]): Promise<boolean> {
    const changes = await applyGroupRoles(pool, userId, rolesOfGroups(settings, groups));
    const stays = mayEnter(settings, groups);
    if (!stays) await endSessions(pool, userId);
    await changed(changes);
    return stays;
  }

  return {
    name: settings.name,
    async begin(request, returnTo) {
      const auth = await connected();
      return auth.api.signInSocial({
        body: {
          provider: oidcProvider,
          callbackURL: returnTo,
          errorCallbackURL: '/sign-in',
          disableRedirect: true,
        },
        headers: request.headers,
        asResponse: true,
      });
    },
    async finish(request) {
      const auth = await connected();
      const signIn: SignInGroups = { subject: null, groups: [] };
      const response = await signInGroups.run(signIn, () => auth.handler(request));
      const userId = signIn.subject && (await userOf(pool, signIn.subject));
      if (signIn.subject === null) return { response, userId: null };
      if (userId && (await apply(userId, signIn.groups))) return { response, userId };
      // better-auth says why: the account of this address belongs to someone whose address no one has verified.
      if (!userId && mayEnter(settings, signIn.groups)) return { response, userId: null };
      return {
        response: new Response(null, { status: 302, headers: { location: signInProblem('no_access') } }),
        userId: null,
      };
    },
    async recheck(userId) {
      const accountId = await claimCheck(pool, userId, settings.recheckMs);
      if (accountId === null) return true;
      const auth = await connected();
      let info: Awaited<ReturnType<typeof readUserInfo>>;
      try {
        const token = await auth.api.getAccessToken({ body: { accountId, userId } }).catch(async () => {
          await assertReachable(settings);
          // It has refused to renew the token, or never gave anything to renew it with.
          throw new SignedOutAtProvider();
        });
        info = await readUserInfo(settings, token.accessToken);
      } catch (error) {
        if (!(error instanceof SignedOutAtProvider)) throw error;
        await endSessions(pool, userId);
        return false;
      }
      return apply(userId, groupsOf(settings, info));
    },
  };
}

async function userOf(pool: pg.Pool, subject: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT "userId" AS id FROM auth.account WHERE "providerId" = $1 AND "accountId" = $2`,
    [oidcProvider, subject],
  );
  return rows[0]?.id ?? null;
}

async function endSessions(pool: pg.Pool, userId: string): Promise<void> {
  await pool.query('DELETE FROM auth.session WHERE "userId" = $1', [userId]);
}

/**
 * One of all processes asks, once in this time.
 * @returns the account to ask about; null when another process asks, or the person has none
 */
async function claimCheck(pool: pg.Pool, userId: string, everyMs: number): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH account AS (SELECT id, "userId" FROM auth.account WHERE "userId" = $1 AND "providerId" = $2 LIMIT 1),
     claimed AS (
       INSERT INTO auth.oidc_check (user_id, checked_at) SELECT "userId", now() FROM account
       ON CONFLICT (user_id) DO UPDATE SET checked_at = now()
         WHERE oidc_check.checked_at < now() - $3 * interval '1 millisecond'
       RETURNING user_id)
     SELECT account.id FROM account JOIN claimed ON claimed.user_id = account."userId"`,
    [userId, oidcProvider, everyMs],
  );
  return rows[0]?.id ?? null;
}
