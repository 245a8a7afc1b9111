import { TestWorkflowEnvironment } from '@temporalio/testing';

// Run as a process of its own, with the folder as its argument: the SDK downloads the CLI only on the way to
// starting a server with it, and its native part need not stay in the supervisor.
const downloadDir = process.argv[2];
if (!downloadDir) throw new Error('Usage: download-temporal-cli.ts <folder>');
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir } },
});
await environment.teardown();
process.exit(0);
