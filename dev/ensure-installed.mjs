import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript without dependencies: it runs on Node 20, before any package is installed.

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Installs the locked packages when they are missing or when package-lock.json changed since.
 * @param {{ root?: string, log?: (line: string) => void }} [options]
 */
export async function ensureInstalled({ root = projectRoot, log = console.log } = {}) {
  const reason = whyInstall(root);
  if (!reason) return;
  log(`Installing packages (${reason}); this takes a minute the first time …`);
  await runNpm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampFile(root), lockHash(root));
}

/**
 * The pinned Node from the `node` package, or this one when it is new enough and the pinned does not run here.
 * @param {string} [root]
 * @returns {string} path of an executable
 */
export function pinnedNode(root = projectRoot) {
  const pinned = ['bin/node', 'bin/node.exe']
    .map((name) => join(root, 'node_modules/node', name))
    .find(existsSync);
  if (pinned && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    'The pinned Node 24 (package "node") does not run here. Install packages with scripts enabled, or use Node 24 itself.',
  );
}

/**
 * @param {string} root
 * @returns {string | null} in words, null when the packages are the locked ones
 */
function whyInstall(root) {
  const packages = join(root, 'node_modules');
  if (!existsSync(packages)) return 'they are missing';
  // A link leads to the packages of another checkout: to install here would empty that one.
  if (lstatSync(packages).isSymbolicLink()) return null;
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root)) return null;
  // Someone ran npm themselves: what npm recorded decides, so that nothing is installed twice.
  const difference = firstDifference(root);
  if (!difference) writeFileSync(stamp, lockHash(root));
  return difference;
}

/** @param {string} root */
function firstDifference(root) {
  const recorded = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(recorded)) return 'an earlier installation did not finish';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(recorded, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const installed = present[path];
    if (!installed && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (installed?.version !== entry.version) return 'package-lock.json changed';
  }
  return null;
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules/.interlock-install');
}

/** @param {string} root */
function lockHash(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

/**
 * @param {string} cwd
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function runNpm(cwd, args) {
  const cli = process.env.npm_execpath;
  const [command, all] = cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
  return new Promise((resolve, reject) => {
    const npm = spawn(command, all, {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    npm.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    npm.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`npm ${args[0]} failed (${signal ?? `exit ${code}`})`)),
    );
  });
}
