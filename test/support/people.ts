import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { type Call, cookieOf, type TestApi, type TestTenant, testPassword } from './test-api.ts';

/** People and API keys of one tenant, for tests of who may do what. */
export function peopleOf(api: TestApi, { slug }: TestTenant) {
  const { environment, db } = api.services;
  const origin = environment.publicUrl;
  const auth = createAuth({
    pool: db.authPool,
    secret: environment.INTERLOCK_AUTH_SECRET,
    publicUrl: origin,
  });
  const tenants = [{ slug, name: slug }];

  return {
    /** Creates a person with these roles and signs them in. */
    async person(email: string, roles: Role[]): Promise<Call> {
      const name = email.split('@')[0]!;
      const memberships = [{ tenant: slug, roles }];
      await seedIdentity(auth, { tenants, users: [{ email, name, password: testPassword, memberships }] });
      const signedIn = await api.signIn(email, testPassword);
      const cookie = cookieOf(signedIn.headers);
      const call = api.call(null);
      return (method, path, body, headers = {}) =>
        call(method, path, body, { cookie, 'x-tenant': slug, origin, ...headers });
    },
    /** Creates an API key with these roles. @param accountable email address of the person who is accountable for it */
    async key(roles: Role[], accountable?: string): Promise<Call> {
      const spec = { tenant: slug, name: `key of ${accountable ?? 'no one'} ${uuidv7()}`, roles };
      const { apiKeys } = await seedIdentity(auth, {
        tenants,
        users: [],
        apiKeys: [accountable === undefined ? spec : { ...spec, createdBy: accountable }],
      });
      return api.call(apiKeys[0]!.key);
    },
  };
}
