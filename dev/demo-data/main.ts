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
const { databaseUrls, INTERLOCK_AUTH_SECRET: authSecret, publicUrl } = readEnvironment();

const state = await ensureIdentities(readDemoState(stateFile), {
  apiUrl,
  databaseUrls,
  authSecret,
  publicUrl,
});
writeDemoState(stateFile, state);
// No tool reaches Temporal itself; the demo services pass on a part of its API.
const urls = { demo, temporalHttp: process.env.INTERLOCK_TEMPORAL_HTTP_URL ? `${demo}/temporal` : null };
await loadDemoData({ apiUrl, publicUrl, urls, state, stateFile, log: console.log });
console.log('Done.');
