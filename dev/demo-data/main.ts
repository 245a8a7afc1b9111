import { assertDemoAllowed } from '../../shared/identity/server/assert-demo-allowed.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { readDemoState, writeDemoState } from './demo-state.ts';
import { ensureIdentities } from './ensure-identities.ts';
import { loadDemoData } from './load.ts';

// Loads the demo data into a running Interlock; `npm start` runs it as a separate process.
// Its argument is the file of its progress; its environment is that of the application.
const stateFile = process.argv[2];
const apiUrl = process.env.INTERLOCK_API_URL;
const demo = process.env.INTERLOCK_DEMO_URL;
if (!stateFile || !apiUrl || !demo)
  throw new Error('Usage: INTERLOCK_API_URL=… INTERLOCK_DEMO_URL=… main.ts <state file>');
const environment = readEnvironment();
const { INTERLOCK_AUTH_SECRET: authSecret, publicUrl } = environment;

const db = openDatabase(environment.databaseUrls);
const state = await (async () => {
  await assertDemoAllowed('Demo data is', environment, db);
  return ensureIdentities(readDemoState(stateFile), { apiUrl, pool: db.authPool, authSecret, publicUrl });
})().finally(() => db.close());
writeDemoState(stateFile, state);
// No tool reaches Temporal itself; the demo services pass on a part of its API.
const urls = {
  demo,
  mail: process.env.INTERLOCK_DEMO_MAIL ?? null,
  shop: process.env.INTERLOCK_DEMO_SHOP ?? null,
  temporalHttp: process.env.INTERLOCK_TEMPORAL_HTTP_URL ? `${demo}/temporal` : null,
};
await loadDemoData({ apiUrl, publicUrl, urls, state, stateFile, log: console.log });
console.log('Done.');
