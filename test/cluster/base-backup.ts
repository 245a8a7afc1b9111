import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectTo } from '../support/connect-admin.ts';

/**
 * Copies a PostgreSQL server while it works, all its databases as of one moment, as `pg_basebackup` does: which the package
 * with the binaries does not have.
 * @param from its data folder. @param to of the copy; `startEmbeddedPostgres` opens it
 */
export async function baseBackup(adminUrl: string, from: string, to: string): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  const admin = await connectTo(adminUrl);
  try {
    await admin.query("SELECT pg_backup_start('drill', true)");
    copyFolder(from, to);
    for (const name of ['postmaster.pid', 'postmaster.opts', 'pg_wal'])
      rmSync(join(to, name), { recursive: true, force: true });
    const { rows } = await admin.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    // What was written meanwhile; `wal_keep_size` has kept it.
    copyFolder(join(from, 'pg_wal'), join(to, 'pg_wal'));
    const label = join(to, 'backup_label');
    writeFileSync(label, rows[0]!.labelfile);
    const { uid, gid } = statSync(to);
    chownSync(label, uid, gid);
  } finally {
    await admin.end();
  }
  copyFileSync(`${from}.password`, `${to}.password`);
}

/** With owners and rights. A file that is removed meanwhile is one that the log removes, too. */
function copyFolder(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  const serious = stderr.split('\n').filter((line) => line !== '' && !/No such file/.test(line));
  if (status !== 0 && (serious.length > 0 || stderr === ''))
    throw new Error(`${from} was not copied: ${stderr}`);
}
