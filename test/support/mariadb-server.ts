import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { waitUntil } from '../../dev/wait-until.ts';
import type { Issued } from './certificates.ts';

/** Where MariaDB's server and its files are on this machine. */
export interface MariaDbFiles {
  server: string;
  share: string;
  env: NodeJS.ProcessEnv;
}

const unpacked = join(projectRoot, '.cache/mariadb');

/**
 * MariaDB's real server: named by MARIADBD_PATH, installed, or unpacked from Debian's packages without root.
 * @returns null where it cannot be had
 */
export function findMariaDb(): MariaDbFiles | null {
  const named = process.env.MARIADBD_PATH;
  const installed = [named, '/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/libexec/mariadbd'];
  for (const server of installed) {
    if (!server || !existsSync(server)) continue;
    const share = ['../share/mysql', '../share/mariadb'].map((each) => join(dirname(server), each));
    const files = { server, share: share.find(isShare) ?? '', env: process.env };
    if (files.share !== '' && starts(files)) return files;
  }
  if (!existsSync(unpacked)) unpack();
  const libraries = existsSync(join(unpacked, 'usr/lib'))
    ? readdirSync(join(unpacked, 'usr/lib')).map((each) => join(unpacked, 'usr/lib', each))
    : [];
  const files = {
    server: join(unpacked, 'usr/sbin/mariadbd'),
    share: join(unpacked, 'usr/share/mysql'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
  };
  return existsSync(files.server) && isShare(files.share) && starts(files) ? files : null;
}

const isShare = (folder: string): boolean => existsSync(join(folder, 'mysql_system_tables.sql'));

const starts = ({ server, env }: MariaDbFiles): boolean =>
  spawnSync(server, ['--no-defaults', '--version'], { env }).status === 0;

/** The packages are only unpacked, into the folder for caches: nothing is installed. */
function unpack(): void {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-mariadb-'));
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { cwd: folder, timeout: 60_000, stdio: 'ignore' }).status === 0;
  try {
    if (!run('apt-get', ['download', 'mariadb-server-core'])) return;
    // The second name is that of older releases.
    run('apt-get', ['download', 'liburing2']);
    if (!run('apt-get', ['download', 'libaio1t64'])) run('apt-get', ['download', 'libaio1']);
    const whole = join(folder, 'whole');
    for (const name of readdirSync(folder)) if (name.endsWith('.deb')) run('dpkg', ['-x', name, whole]);
    mkdirSync(dirname(unpacked), { recursive: true });
    // Of several processes, the first one has done it.
    if (!existsSync(unpacked)) renameSync(whole, unpacked);
  } catch {
    // Another file system, or another process was first.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface MariaDbServer {
  port: number;
  /** Runs statements as an administrator. @returns the rows of the last one */
  admin(...statements: string[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** A server with one database, `shop`, which offers TLS. */
export async function startMariaDb(
  { server, share, env }: MariaDbFiles,
  tls: Issued,
): Promise<MariaDbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-mariadb-data-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const password = 'of-the-test-alone';
  const sql = (name: string) => readFileSync(join(share, name), 'utf8');
  const flags = [
    '--no-defaults',
    `--datadir=${data}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--innodb-use-native-aio=0',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
  ];
  const bootstrap = [
    'CREATE DATABASE mysql;',
    'USE mysql;',
    sql('mysql_system_tables.sql'),
    sql('mysql_system_tables_data.sql'),
    'FLUSH PRIVILEGES;',
    'CREATE DATABASE shop;',
    `CREATE USER 'admin'@'%' IDENTIFIED BY '${password}';`,
    "GRANT ALL ON *.* TO 'admin'@'%' WITH GRANT OPTION;",
  ];
  const input = join(folder, 'bootstrap.sql');
  writeFileSync(input, bootstrap.join('\n'));
  const made = spawnSync(server, [...flags, '--bootstrap', '--skip-networking'], {
    env,
    input: readFileSync(input),
    timeout: 120_000,
  });
  if (made.status !== 0) throw new Error(`MariaDB has no data: ${String(made.stderr).slice(-2000)}`);
  writeFileSync(join(folder, 'certificate.pem'), tls.certificate);
  writeFileSync(join(folder, 'key.pem'), tls.privateKey, { mode: 0o600 });
  const port = await freePort('MariaDB', 0);
  const child = startChild({
    name: 'MariaDB',
    command: server,
    args: [
      ...flags,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 's')}`,
      `--ssl-cert=${join(folder, 'certificate.pem')}`,
      `--ssl-key=${join(folder, 'key.pem')}`,
    ],
    env,
    logFile: join(folder, 'log'),
  });
  const admin: MariaDbServer['admin'] = async (...statements) => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'admin', password });
    try {
      let rows: unknown = [];
      for (const statement of statements) [rows] = await connection.query(statement);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    } finally {
      await connection.end();
    }
  };
  await waitUntil('MariaDB', child, async () => (await admin('SELECT 1 AS one')).length === 1);
  return {
    port,
    admin,
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
