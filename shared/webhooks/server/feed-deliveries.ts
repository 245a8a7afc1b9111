import { v7 as uuidv7 } from 'uuid';
import { readTail, type TailEvent, type TailPosition, tailNow } from '../../events/db/events.ts';
import { isAfter } from '../../events/server/event-tail.ts';
import type { Database, SystemConnection } from '../../platform/db/database.ts';
import {
  hasAnyEndpoint,
  insertDeliveries,
  type ListeningEndpoint,
  listListeningEndpoints,
  lockFeed,
  lookForWork,
  readFeedPosition,
  writeFeedPosition,
} from '../db/webhooks-feed.ts';
import { neverDelivered } from '../offered-event-types.ts';
import { webhookPayload } from '../webhook-payload.ts';

const batch = 500;

/**
 * Reads the next events of the log and writes a delivery for every endpoint that wants one. The position in the log moves
 * in the same transaction.
 * @param asleepUntil no endpoint listened to what comes before
 * @returns whether there may be more to read
 */
export function feedDeliveries(db: Database, asleepUntil: TailPosition | null): Promise<boolean> {
  return db.systemTransaction(async (connection) => {
    if (!(await lockFeed(connection))) return false;
    const known = await readFeedPosition(connection);
    const position = laterOf(known, asleepUntil) ?? (await firstPosition(connection));
    const { events, until, full } = await readTail(connection, position, { tenantIds: null, limit: batch });
    const tenants = [...new Set(events.map((event) => event.tenantId))];
    const endpoints = await listListeningEndpoints(connection, tenants);
    const deliveries = events
      .filter((event) => event.type !== neverDelivered)
      .flatMap((event) =>
        endpoints
          .filter((endpoint) => wants(endpoint, event))
          .map(({ id: endpointId, tenantId }) => ({
            id: uuidv7(),
            tenantId,
            endpointId,
            payload: webhookPayload(event),
          })),
      );
    if (deliveries.length > 0) await insertDeliveries(connection, deliveries);
    await writeFeedPosition(connection, until);
    return full;
  });
}

/**
 * The end of the log, or its beginning when endpoints existed before the first read. `now` is read first, so that an
 * endpoint that is added meanwhile commits after the position.
 */
async function firstPosition(connection: SystemConnection): Promise<TailPosition> {
  const now = await tailNow(connection);
  return (await hasAnyEndpoint(connection)) ? { xid: '0', id: '0' } : now;
}

/** Without a position yet, the first one is to be found. */
function laterOf(known: TailPosition | null, other: TailPosition | null): TailPosition | null {
  return known && other && isAfter(other, known) ? other : known;
}

/**
 * Moves the position to the end of the log while no endpoint listens, so that the first one does not wait until what no one
 * wanted has been read.
 */
export function skipUnheard(db: Database): Promise<void> {
  return db.systemTransaction(async (connection) => {
    if (!(await lockFeed(connection))) return;
    // Before the look at the endpoints: one that is added meanwhile commits after it.
    const now = await tailNow(connection);
    if (!(await lookForWork(connection)).listening) await writeFeedPosition(connection, now);
  });
}

/** An endpoint gets no events that are older than itself. */
function wants({ tenantId, eventTypes, createdAt }: ListeningEndpoint, event: TailEvent): boolean {
  return (
    tenantId === event.tenantId &&
    (eventTypes.length === 0 || eventTypes.includes(event.type)) &&
    event.createdAt >= createdAt.toISOString()
  );
}
