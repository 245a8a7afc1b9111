import type pg from 'pg';
import { InterlockError } from '../../../platform/error-codes.ts';
import { type Auth, type AuthOptions, createAuth } from '../auth.ts';
import { applyGroupRoles, type MembershipChange, mayEnter, rolesOfGroups } from './group-roles.ts';
import { readLogoutToken } from './logout-token.ts';
import { type OidcClient, ProviderAway } from './provider-directory.ts';
import {
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
  /**
   * The provider says that someone has signed out there: their sessions end.
   * @returns who, and how many sessions; null when no one here has signed in as them
   * @throws InvalidLogoutToken, or InterlockError `unavailable` while the provider's keys cannot be read
   */
  signedOut(logoutToken: string): Promise<{ userId: string; sessions: number } | null>;
}

interface Parts {
  options: AuthOptions;
  settings: OidcClient;
  changed(changes: MembershipChange[]): Promise<void>;
}

export const signInProblem = (problem: string): string => `/sign-in?problem=${problem}`;

async function knowsProvider({ $context }: Auth): Promise<boolean> {
  return (await $context).socialProviders.some(({ id }) => id === oidcProvider);
}

export function createSingleSignOn({ options, settings, changed }: Parts): SingleSignOn {
  const { pool } = options;
  let auth = createAuth(options);

  let connecting: Promise<void> | null = null;
  const unavailable = (what: string, cause?: unknown) =>
    new InterlockError('unavailable', `${settings.name} cannot be reached. ${what}`, { cause });

  /** better-auth reads the provider's configuration once: one that was away then is asked again, as often as the directory lets it. */
  async function connected(): Promise<Auth> {
    if (await knowsProvider(auth)) return auth;
    connecting ??= connect().finally(() => {
      connecting = null;
    });
    await connecting;
    return auth;
  }

  async function connect(): Promise<void> {
    const words = 'You are not signed in. Try again in a few seconds.';
    await settings.directory.read({ fresh: true }).catch((cause: unknown) => {
      throw unavailable(words, cause);
    });
    const next = createAuth(options);
    if (!(await knowsProvider(next))) throw unavailable(words);
    auth = next;
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
          await settings.directory.read({ fresh: true });
          // It has refused to renew the token, or never gave anything to renew it with.
          throw new SignedOutAtProvider();
        });
        info = await readUserInfo(settings.directory, token.accessToken);
      } catch (error) {
        if (!(error instanceof SignedOutAtProvider)) throw error;
        await endSessions(pool, userId);
        return false;
      }
      return apply(userId, groupsOf(settings, info));
    },
    async signedOut(logoutToken) {
      const subject = await readLogoutToken(settings, settings.directory, logoutToken).catch(
        (error: unknown) => {
          if (error instanceof ProviderAway) throw unavailable('No one was signed out.', error);
          throw error;
        },
      );
      const userId = await userOf(pool, subject);
      return userId === null ? null : { userId, sessions: await endSessions(pool, userId) };
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

/** @returns how many there were */
async function endSessions(pool: pg.Pool, userId: string): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM auth.session WHERE "userId" = $1', [userId]);
  return rowCount ?? 0;
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
