import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, projectRoot } from './ensure-installed.mjs';

// `npm start`: installs what is missing, then runs the stack on the pinned Node.

const usage = `npm start [-- --reset] [--no-demo]

  --reset   start over: removes .interlock/ (embedded database, workflows, keys) first
  --no-demo no demo data and no demo accounts; needed with DATABASE_URL and with NODE_ENV=production
  --help    this text

DATABASE_URL and TEMPORAL_ADDRESS (or a Temporal configuration file) switch to outside servers.`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--reset', '--no-demo', '--help'].includes(arg));
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
  // when this process has ended, for any reason.
  const child = spawn(node, [join(projectRoot, 'dev/main.ts'), ...args], {
    cwd: projectRoot,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) whenNpmIsGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/**
 * npm starts a shell that starts this; either may die without passing a signal on, and then another process
 * adopts its child.
 * @param {() => void} then called once
 */
function whenNpmIsGone(then) {
  const parent = process.ppid;
  const viaShell = /^\S*sh -c /.test(describe(parent).command);
  const npm = viaShell ? describe(parent).ppid : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && (!viaShell || describe(parent).ppid === npm)) return;
    clearInterval(timer);
    then();
  }, 1000);
  timer.unref();
}

/**
 * @param {number} pid
 * @returns {{ ppid: number, command: string }}
 */
function describe(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return { ppid: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command };
    }
    const [ppid = '0', ...command] = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .stdout.trim()
      .split(/\s+/);
    return { ppid: Number(ppid), command: command.join(' ') };
  } catch {
    return { ppid: 0, command: '' };
  }
}
