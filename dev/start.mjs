import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, projectRoot } from './ensure-installed.mjs';

// `npm start`: installs what is missing, then runs the stack on the pinned Node.

const usage = `npm start [-- --reset]

  --reset   begin anew: removes .interlock/ (embedded database, workflows, keys) first
  --help    this text

DATABASE_URL and TEMPORAL_ADDRESS (or a Temporal configuration file) switch to outside servers.`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--reset', '--help'].includes(arg));
if (unknown || args.includes('--help')) {
  if (unknown) console.error(`Unknown option ${unknown}.\n`);
  console.log(usage);
  process.exit(unknown ? 2 : 0);
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Interlock needs Node 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}

try {
  await ensureInstalled();
  run(pinnedNode());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/** @param {string} node */
function run(node) {
  // Its own process group: a Ctrl-C reaches it once, through the forwarding below. The channel tells it
  // when this process is gone, however that happens.
  const child = spawn(node, [join(projectRoot, 'dev/main.ts'), ...args], {
    cwd: projectRoot,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // Under npm: when npm (or its shell) dies without passing a signal on, this process is adopted by another.
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  }
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
