import type { Logger } from 'pino';
import type { Database } from '../../../platform/db/database.ts';
import { type Loop, startLoop } from '../../../platform/server/loop.ts';
import { lookAtLog } from '../../db/audit-seal.ts';
import { caughtUp, readsNoMore } from '../log-readers.ts';
import type { AuditSeal } from './audit-seal.ts';

const sealMs = 2_000;
const headMs = 30_000;
const checkMs = 10_000;

/**
 * Seals the log as it grows, signs and exports its heads within a minute, and compares rows with the seal in turn. While
 * nothing is written, that is one statement every two seconds, which reads no event, and what the comparison needs.
 */
export function startSealing(services: { db: Database; log: Logger; auditSeal: AuditSeal }): Loop {
  const { db, log, auditSeal } = services;
  const look = lookWhetherSealed(db);
  caughtUp('audit');
  const loops = [
    startLoop('seal the audit trail', sealMs, log, async (signal) => {
      const { sealed, ended } = await look();
      if (!sealed) await auditSeal.seal({ ended, signal });
      if (!signal.aborted) caughtUp('audit');
    }),
    // Apart from the sealing, which must not wait for a server that is unavailable.
    startLoop('export heads of the audit trail', headMs, log, async () => {
      await auditSeal.signHeads();
      await auditSeal.exportHeads();
    }),
    startLoop('compare the audit trail with its seal', checkMs, log, async () => {
      await auditSeal.check();
    }),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      readsNoMore('audit');
    },
  };
}

/**
 * Whether everything that was written is sealed. An id is taken before its transaction gets a number, and both before it
 * commits: so all is sealed one look after every transaction has ended that had a number at the second look.
 * @returns with `ended`, the oldest open transaction
 */
function lookWhetherSealed(db: Database): () => Promise<{ sealed: boolean; ended: string }> {
  let count = '';
  /** The transactions that may still write one of these events are older. Null: not known yet. */
  let until: bigint | null = null;
  let ended = false;
  return async () => {
    const now = await db.system(lookAtLog);
    if (now.count !== count) {
      count = now.count;
      until = null;
      ended = false;
    } else if (ended) {
      return { sealed: true, ended: now.open };
    } else {
      if (until !== null) ended = BigInt(now.open) >= until;
      until ??= BigInt(now.next);
    }
    return { sealed: false, ended: now.open };
  };
}
