import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEgress } from '../../../platform/server/egress/egress.ts';
import { hostAndPort } from '../../../platform/server/egress/guarded-connector.ts';
import type { ReservedHosts } from '../../../platform/server/egress/reserved-hosts.ts';
import type { AuditHead } from '../../audit-schemas.ts';
import type { SigningKey } from './audit-keys.ts';
import { readHeadFiles } from './read-heads.ts';

/** The place that the deployment names for signed heads: out of reach of administrators of the database. */
export interface HeadSink {
  /** @throws Error when they may not have arrived; then they are sent again */
  write(heads: AuditHead[], key: Pick<SigningKey, 'id' | 'publicKeyPem'>): Promise<void>;
  /** The newest heads that can be read back, by tenant. */
  recent(): Promise<AuditHead[]>;
}

const timeoutMs = 10_000;
const recentDays = 2;

/** @param place a folder, or an URL that takes a POST; undefined: heads stay in the database alone */
export function createHeadSink(place: string | undefined, reserved: ReservedHosts): HeadSink | null {
  if (place === undefined) return null;
  return /^https?:\/\//.test(place) ? urlSink(place, reserved) : folderSink(place);
}

/**
 * A file for each write, never changed afterwards, so that the folder may be on storage that writes once:
 * `2026-11-22/120300.123-9f3a.ndjson`, and `public-key-<id>.pem` beside the days.
 */
function folderSink(folder: string): HeadSink {
  return {
    async write(heads, key) {
      const now = new Date().toISOString();
      const day = join(folder, now.slice(0, 10));
      await mkdir(day, { recursive: true, mode: 0o700 });
      await writeOnce(join(folder, `public-key-${key.id}.pem`), key.publicKeyPem);
      const name = `${now.slice(11, 23).replaceAll(':', '')}-${randomBytes(4).toString('hex')}.ndjson`;
      await writeOnce(join(day, name), heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
    },
    async recent() {
      const days = (await readdir(folder).catch(() => [])).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name));
      const heads: AuditHead[] = [];
      for (const day of days.toSorted().slice(-recentDays))
        heads.push(...(await readHeadFiles(join(folder, day))));
      return heads;
    },
  };
}

/** For this user alone. The file appears complete or not at all, and one that is there stays as it is. */
async function writeOnce(path: string, text: string): Promise<void> {
  if (await readFile(path).catch(() => null)) return;
  const draft = `${path}.draft-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600 });
  const handle = await open(draft, 'r');
  await handle.sync().finally(() => handle.close());
  await rename(draft, path);
}

function urlSink(url: string, reserved: ReservedHosts): HeadSink {
  return {
    async write(heads, key) {
      const egress = createEgress(reserved);
      const request = egress.request({
        method: 'POST',
        tenantId: 'audit',
        // The operator names the place, not a tenant. Our own servers stay out of reach.
        privateHosts: [hostAndPort(new URL(url))],
        allowedHosts: null,
        caller: null,
        url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ keyId: key.id, publicKey: key.publicKeyPem, heads }),
        signal: AbortSignal.timeout(timeoutMs),
        maxResponseBytes: 65_536,
      });
      const { status } = await request.finally(() => egress.close());
      if (status < 200 || status >= 300)
        throw new Error(`The place for audit heads responded with ${status}`);
    },
    recent: async () => [],
  };
}
