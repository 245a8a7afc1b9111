import { outsideServers } from './outside-servers.ts';
import { complain } from './say.ts';

/** Everyone knows the passwords of the demo: ends the process where someone else may rely on the database. */
export function refuseDemoElsewhere(): void {
  const reason =
    process.env.NODE_ENV === 'production'
      ? 'NODE_ENV is production'
      : outsideServers().databaseUrl !== null
        ? 'DATABASE_URL names a database that is not the embedded one'
        : null;
  if (reason === null) return;
  complain(
    `Demo data is refused: its passwords are public, and ${reason}. Nothing was written. Start without it: npm start -- --no-demo`,
  );
  process.exit(1);
}
