import { text } from 'node:stream/consumers';
import { demoPassword } from '../../shared/identity/demo-password.ts';
import { assertDemoAllowed } from '../../shared/identity/server/assert-demo-allowed.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { type IdentitySpec, seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';

/**
 * `node api/identity/seed-main.ts < spec.json`: adds the tenants, people and keys that are missing, all or none,
 * and prints the new keys as JSON.
 */
const environment = readEnvironment();
const spec = JSON.parse(await text(process.stdin)) as IdentitySpec;
const db = openDatabase(environment.databaseUrls);
try {
  if (spec.users.some(({ password }) => password === demoPassword))
    await assertDemoAllowed(`The password ${demoPassword} is`, environment, db);
  const auth = createAuth({
    pool: db.authPool,
    secret: environment.INTERLOCK_AUTH_SECRET,
    publicUrl: environment.publicUrl,
  });
  process.stdout.write(`${JSON.stringify(await seedIdentity(auth, spec))}\n`);
} finally {
  await db.close();
}
