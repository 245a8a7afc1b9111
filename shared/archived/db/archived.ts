import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { ArchivedType } from '../archived-types.ts';

export interface ArchivedRow {
  type: ArchivedType;
  id: string;
  name: string;
  title: string;
  at: Date;
  /** Microseconds since 1970. */
  at_micros: string;
  by: Actor | null;
}

/** Where each type is, and the event that says who archived it. Each is a list of few hundred rows. */
const sources: Record<ArchivedType, { event: string; text: string }> = {
  tool: {
    event: 'ToolArchived',
    // Of one that was never published there is nothing to restore.
    text: from('tool', 'name', 'title', 'CASE WHEN current_version > 0 THEN archived_at END', true),
  },
  connector: {
    event: 'ConnectorArchived',
    text: from('connector', 'name', "coalesce(definition ->> 'title', name)", 'archived_at', true),
  },
  playbook: { event: 'PlaybookArchived', text: from('playbook', 'name', 'title', 'archived_at') },
  policy: {
    event: 'PolicyArchived',
    text: from('policy', "document ->> 'name'", "document ->> 'name'", 'archived_at'),
  },
  rule: {
    event: 'ExceptionRuleArchived',
    text: from('exception_rule', "document ->> 'name'", "document ->> 'name'", 'archived_at'),
  },
  schedule: {
    event: 'ScheduleArchived',
    text: from('schedule', 'title', 'title', "CASE WHEN status = 'archived' THEN updated_at END"),
  },
  webhook: {
    event: 'WebhookEndpointArchived',
    text: from('webhook_endpoint', 'url', "coalesce(nullif(description, ''), url)", 'archived_at'),
  },
  inbound_webhook: {
    event: 'InboundWebhookArchived',
    text: from('inbound_webhook', 'name', 'name', 'archived_at'),
  },
};

function from(table: string, name: string, title: string, at: string, global = false): string {
  const owner = global ? '(tenant_id = $1 OR tenant_id IS NULL AND $2)' : 'tenant_id = $1';
  return `id, ${name} AS name, ${title} AS title, ${at} AS at FROM ${table} WHERE ${owner} AND ${at} IS NOT NULL`;
}

/** Newest first. @param global those of the platform too; @param id only this one */
export function listArchived(
  connection: TenantConnection,
  {
    types,
    global,
    id,
    q,
    after,
    limit,
  }: {
    types: readonly ArchivedType[];
    global: boolean;
    id?: string | undefined;
    q?: string | undefined;
    after?: { at: string; id: string } | undefined;
    limit: number;
  },
): Promise<ArchivedRow[]> {
  const each = types.map(
    (type) => `SELECT '${type}' AS type, '${sources[type].event}' AS event, ${sources[type].text}`,
  );
  return connection.query<ArchivedRow & Record<string, unknown>>({
    // Who did it is looked up for the page alone.
    text: `SELECT a.type, a.id, a.name, a.title, a.at, a.at_micros::text, by.actor AS by
      FROM (
        SELECT * FROM (
          SELECT *, (extract(epoch FROM at) * 1000000)::bigint AS at_micros FROM (${each.join(' UNION ALL ')}) every) a
        WHERE ($2 OR true) AND ($3::uuid IS NULL OR a.id = $3)
          AND ($4::text IS NULL OR strpos(lower(a.name || ' ' || a.title), lower($4)) > 0)
          AND ($5::bigint IS NULL OR (a.at_micros, a.id) < ($5, $6::uuid))
        ORDER BY a.at_micros DESC, a.id DESC LIMIT $7) a
      LEFT JOIN LATERAL (
        SELECT json_build_object('type', e.actor_type, 'id', e.actor_id, 'name', e.actor_name) AS actor
        FROM event e WHERE e.tenant_id = $1 AND e.subject_type = a.type AND e.subject_id = a.id::text AND e.type = a.event
          AND e.created_at > a.at - interval '1 hour'
        ORDER BY e.id DESC LIMIT 1) by ON true
      ORDER BY a.at_micros DESC, a.id DESC`,
    values: [connection.tenantId, global, id ?? null, q || null, after?.at ?? null, after?.id ?? null, limit],
  });
}
