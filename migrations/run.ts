import { type DatabasePasswords, passwordsFrom } from '../shared/platform/db/logins.ts';
import { migrate } from '../shared/platform/db/migrate.ts';
import { errorMessage } from '../shared/platform/error-message.ts';

/** `node migrations/run.ts`: applies the migrations as the owner, and creates the logins of the processes. */
const {
  MIGRATION_DATABASE_URL: adminUrl,
  INTERLOCK_DB_PASSWORD: app,
  INTERLOCK_SYSTEM_DB_PASSWORD: system,
  INTERLOCK_AUTH_DB_PASSWORD: auth,
} = process.env;
if (!adminUrl) {
  console.error('Set MIGRATION_DATABASE_URL: a role that may create roles.');
  process.exit(1);
}
// With the first one alone, the others follow from it. Empty is what compose files pass on for a variable that is not set.
const given: Partial<DatabasePasswords> = {
  ...(app && passwordsFrom(app)),
  ...(system && { system }),
  ...(auth && { auth }),
};
try {
  const { sharedLogins } = await migrate(adminUrl, { passwords: given });
  console.log('Migrations applied.');
  for (const login of sharedLogins)
    console.error(
      `The login ${login} can still work as every role. Once no process uses it: DROP ROLE "${login}"`,
    );
} catch (error) {
  console.error(errorMessage(error));
  process.exit(1);
}
