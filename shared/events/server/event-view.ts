import type { z } from 'zod';
import type { AuditEvent } from '../audit-schemas.ts';
import type { EventRow } from '../db/events.ts';
import type { eventSchema } from '../event-schemas.ts';

export function eventView(row: EventRow): z.output<typeof eventSchema> {
  return {
    id: row.id.toString(),
    type: row.type,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    data: row.data,
    requestId: row.request_id,
    createdAt: row.created_at.toISOString(),
  };
}

export function auditEventView(row: EventRow): AuditEvent {
  return { ...eventView(row), exceptionId: row.exception_id, door: row.door, address: row.address };
}
