import { randomBytes } from 'node:crypto';
import type { Database } from '../../../platform/db/database.ts';
import {
  type ChainEnd,
  type EventToSeal,
  eventsToSeal,
  insertBlocks,
  lockSeal,
  readChainEnds,
  readClock,
  readSealedUpTo,
  writeSealedUpTo,
} from '../../db/audit-seal.ts';
import type { TailPosition } from '../../db/events.ts';
import type { auditBlock } from '../../db/tables.ts';
import { blockHash, eventDigest, noBlock, saltAt, saltBytes } from './audit-digest.ts';

/** Of events in one transaction, and so in one block at most. */
const batch = 500;

/**
 * Seals the next events: a block for each tenant that has some. The position moves with them in one transaction, so each
 * event is sealed once, whatever happens. Processes take turns.
 * @param ended every older transaction of this database is known to have ended
 * @returns whether there may be more
 */
export function sealEvents(db: Database, ended: string): Promise<{ position: TailPosition; full: boolean }> {
  return db.systemTransaction(async (connection) => {
    await lockSeal(connection);
    const known = await readSealedUpTo(connection);
    const events = await eventsToSeal(connection, known, { ended, limit: batch });
    const last = events.at(-1);
    if (!last) return { position: known, full: false };
    const ofTenants = [
      ...Map.groupBy(
        events.filter(({ sealed }) => !sealed),
        ({ tenantId }) => tenantId,
      ),
    ];
    const ends = await readChainEnds(
      connection,
      ofTenants.map(([tenantId]) => tenantId),
    );
    const sealedAt = await readClock(connection);
    await insertBlocks(
      connection,
      ofTenants.map(([tenantId, own]) =>
        blockOf(
          ends.find((end) => end.tenantId === tenantId),
          own,
          sealedAt,
        ),
      ),
    );
    const position = { xid: last.xid, id: last.id };
    await writeSealedUpTo(connection, position);
    return { position, full: events.length === batch };
  });
}

function blockOf(
  end: ChainEnd | undefined,
  events: readonly EventToSeal[],
  sealedAt: string,
): typeof auditBlock.$inferInsert {
  const { tenantId } = events[0]!;
  const salts = randomBytes(events.length * saltBytes);
  const digests = Buffer.concat(
    events.map((event, index) => Buffer.from(eventDigest(event, saltAt(salts, index)), 'hex')),
  );
  const header = {
    tenantId,
    number: (end?.number ?? 0) + 1,
    firstSequence: (end?.sequence ?? 0) + 1,
    count: events.length,
    previous: end?.hash ?? noBlock,
    sealedAt,
  };
  const ids = events.map(({ id }) => BigInt(id)).toSorted((a, b) => (a < b ? -1 : 1));
  return {
    tenant_id: tenantId,
    number: header.number,
    first_sequence: BigInt(header.firstSequence),
    event_ids: events.map(({ id }) => id),
    low_id: ids[0]!,
    high_id: ids.at(-1)!,
    digests,
    salts,
    previous: Buffer.from(header.previous, 'hex'),
    hash: Buffer.from(blockHash(header, digests), 'hex'),
    sealed_at: sealedAt,
  };
}
