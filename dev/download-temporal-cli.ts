import { TestWorkflowEnvironment } from '@temporalio/testing';

// Runs as a separate process, with the folder as its argument: the SDK downloads the CLI only when it starts a
// server with it, and the supervisor does not need its native code afterwards.
const downloadDir = process.argv[2];
if (!downloadDir) throw new Error('Usage: download-temporal-cli.ts <folder>');
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir } },
});
await environment.teardown();
process.exit(0);
