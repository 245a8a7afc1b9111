import { readEnvironment } from '../shared/platform/server/environment.ts';
import { createLogger } from '../shared/platform/server/logger.ts';
import { connectTemporal } from '../shared/platform/server/temporal/connect.ts';
import { compose, createFoundation } from './compose.ts';

/**
 * `node api/after-restore.ts database` or `temporal`, whichever was restored from an older copy: brings Temporal in line
 * with the database, and prints what was found and done as JSON. Stop every process first (docs/runbook.md, "Restore").
 */
const older = process.argv[2];
if (older !== 'database' && older !== 'temporal') {
  console.error('Say which of the two was restored from an older copy: database or temporal.');
  process.exit(1);
}
const environment = readEnvironment();
const foundation = await createFoundation(environment, createLogger(environment.INTERLOCK_LOG_LEVEL));
try {
  const composition = compose(foundation, await connectTemporal());
  try {
    process.stdout.write(`${JSON.stringify(await composition.afterRestore(older), null, 2)}\n`);
  } finally {
    await composition.stop();
  }
} finally {
  await foundation.db.close();
}
