import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start a PostgreSQL program: it refuses to run as root. */
export interface RunAs {
  uid?: number;
  gid?: number;
  /** Put before the program and its arguments. */
  prefix: string[];
}

/**
 * For root: the user `postgres` (created when missing), else `nobody`; for everyone else, themselves.
 * A project in a folder closed to others (/root, a private temporary folder) cannot be entered by that user; then
 * the programs keep the one capability that lets root enter, and no other.
 * @param paths what the programs must reach
 */
export function postgresUser(paths: readonly string[], log: (line: string) => void): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const ids = lookUp('postgres') ?? createUser(log) ?? lookUp('nobody');
  if (!ids)
    throw new Error(
      'PostgreSQL does not run as root, and no other user could be found or made. Start as another user.',
    );
  const barred = paths.map((path) => closedFolder(path, ids)).find((folder) => folder !== null);
  if (!barred) return { ...ids, prefix: [] };
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new Error(
      `PostgreSQL runs as the user postgres, which may not enter ${barred}. Allow it (chmod o+x), install setpriv, or start as another user.`,
    );
  }
  return {
    prefix: [
      'setpriv',
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      // initdb asks access(2) first, which ignores the capabilities of everyone but root; this bit prevents that.
      '--securebits=+no_setuid_fixup',
      '--',
    ],
    // Only to hand over files: the prefix changes the user.
    ...ids,
  };
}

type Ids = { uid: number; gid: number };

function createUser(log: (line: string) => void): Ids | null {
  log('PostgreSQL does not run as root: creating the system user "postgres".');
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  return lookUp('postgres');
}

function lookUp(name: string): Ids | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** The first folder on the way to `path` that this user may not enter. */
function closedFolder(path: string, ids: Ids): string | null {
  const parent = dirname(path);
  if (parent === path) return null;
  const above = closedFolder(parent, ids);
  if (above) return above;
  const stat = statSync(parent, { throwIfNoEntry: false });
  if (!stat) return null;
  const bit = stat.uid === ids.uid ? 0o100 : stat.gid === ids.gid ? 0o010 : 0o001;
  return stat.mode & bit ? null : parent;
}
