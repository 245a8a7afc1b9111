import { createPushKeys } from '../shared/notifications/server/push/push-keys.ts';
import { readEnvironment } from '../shared/platform/server/environment.ts';
import { createLogger } from '../shared/platform/server/logger.ts';
import { createFoundation } from './compose.ts';

/**
 * `node api/rotate-push-key.ts`: makes another key of Web Push (docs/operations.md, "Web Push"). Processes may run meanwhile.
 * Browsers subscribe with it when a page opens; until then the earlier one still signs for them.
 */
const environment = readEnvironment();
if (environment.INTERLOCK_PUSH_KEY !== undefined) {
  console.error('The key is that of INTERLOCK_PUSH_KEY: put another one there.');
  process.exit(1);
}
const { db, vault } = await createFoundation(environment, createLogger(environment.INTERLOCK_LOG_LEVEL));
try {
  const { publicKey } = await createPushKeys({ db, vault }, undefined).rotate();
  process.stdout.write(`${JSON.stringify({ publicKey })}\n`);
} finally {
  await db.close();
}
