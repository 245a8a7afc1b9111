import { createFileContents } from '../shared/artifacts/server/file-contents.ts';
import { createS3Store } from '../shared/artifacts/server/s3-store.ts';
import { openDatabase } from '../shared/platform/db/database.ts';
import { readEnvironment } from '../shared/platform/server/environment.ts';
import { createLogger } from '../shared/platform/server/logger.ts';

/**
 * `node api/move-files.ts objects` or `database`: brings the files that are stored already to the bucket of the settings, or back
 * (docs/operations.md, "Files in object storage"). Processes may run meanwhile. Interrupted, it goes on with the next call.
 */
const to = process.argv[2];
if (to !== 'objects' && to !== 'database') {
  console.error('Say where the files go: objects or database.');
  process.exit(1);
}
const environment = readEnvironment();
const objects = createS3Store(environment);
if (!objects) {
  console.error('Set INTERLOCK_FILES_BUCKET: it says where objects are.');
  process.exit(1);
}
const log = createLogger(environment.INTERLOCK_LOG_LEVEL);
const db = openDatabase(environment.databaseUrls, { log: ({ message }) => log.warn({ reason: message }) });
const stop = new AbortController();
process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
try {
  const files = createFileContents(db, objects, log);
  const count = await files.move(to, stop.signal);
  await files.sweep(new Date());
  process.stdout.write(`${JSON.stringify({ ...count, to, complete: !stop.signal.aborted })}\n`);
} finally {
  await objects.close();
  await db.close();
}
