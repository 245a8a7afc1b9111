import { migrate } from '../shared/platform/db/migrate.ts';

/** `node migrations/run.ts`: applies the migrations as the owner and creates the login of the processes. */
const { MIGRATION_DATABASE_URL, INTERLOCK_DB_PASSWORD } = process.env;
if (!MIGRATION_DATABASE_URL || !INTERLOCK_DB_PASSWORD) {
  console.error(
    'Set MIGRATION_DATABASE_URL (a role that may create roles) and INTERLOCK_DB_PASSWORD (of the login it creates).',
  );
  process.exit(1);
}
await migrate(MIGRATION_DATABASE_URL, { appPassword: INTERLOCK_DB_PASSWORD });
console.log('Migrations applied.');
