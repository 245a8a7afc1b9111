import { DBOS } from '@dbos-inc/dbos-sdk';
import { serveShapes } from '../contender-server.ts';
import { call, connections, databaseUrl, port } from './echo.mjs';

// A workflow with one step. DBOS records the workflow with its input, the outcome of the step, and the outcome of the
// workflow; the caller waits for it in the same process.

DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: databaseUrl,
  systemDatabasePoolSize: connections,
  logLevel: 'error',
});
const execute = DBOS.registerWorkflow(async (_input) => DBOS.runStep(call, { name: 'call' }), {
  name: 'execute',
});
await DBOS.launch();
await serveShapes(port, {
  async dbos(input) {
    const handle = await DBOS.startWorkflow(execute)(input);
    await handle.getResult();
    return handle.workflowID;
  },
});
process.once('SIGTERM', () => DBOS.shutdown().then(() => process.exit(0)));
