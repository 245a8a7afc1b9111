import type { Database } from '../../platform/db/database.ts';
import { isEmbedded } from '../../platform/db/embedded-cluster.ts';

/**
 * Demo accounts have a public password, so they exist only on the embedded server, and never in production.
 * Ask before anything is written.
 * @throws Error that says what was refused and why
 */
export async function assertDemoAllowed(
  what: string,
  { production }: { production: boolean },
  db: Database,
): Promise<void> {
  const reason = production
    ? 'NODE_ENV is production'
    : (await isEmbedded(db))
      ? null
      : 'the database is not the embedded one of `npm start`';
  if (reason === null) return;
  throw new Error(`${what} refused: their passwords are public, and ${reason}. Nothing was written.`);
}
