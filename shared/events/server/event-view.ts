import type { z } from 'zod';
import type { EventRow } from '../db/events.ts';
import type { eventSchema } from '../event-schemas.ts';

export function eventView(row: EventRow): z.output<typeof eventSchema> {
  return {
    id: row.id.toString(),
    type: row.type,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    data: row.data,
    requestId: row.requestId,
    createdAt: row.createdAt.toISOString(),
  };
}
