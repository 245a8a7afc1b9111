import type pg from 'pg';

/** Exceptions that were opened one after the other: the first of a list is "Payment <count>". */
export async function fillExceptions(admin: pg.Client, tenantId: string, count: number): Promise<void> {
  await admin.query(
    `INSERT INTO exception (id, tenant_id, number, title, domain, severity, status, created_by_type, created_by_id,
       created_by_name, created_at)
     SELECT (substr(interlock_uuid_floor(at)::text, 1, 13) || '-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, $1,
       i + (SELECT coalesce(max(number), 0) FROM exception WHERE tenant_id = $1),
       'Payment ' || i || CASE WHEN i % 7 = 0 THEN ' failed at the provider, and no one knows yet whether it was captured' ELSE '' END,
       'general', CASE WHEN i % 3 = 0 THEN 'high' ELSE 'low' END, 'open', 'user', 'ana', 'Ana', at
     FROM (SELECT i, now() - make_interval(secs => $2 - i) AS at FROM generate_series(1, $2::int) AS s(i)) AS rows`,
    [tenantId, count],
  );
  await admin.query(
    `INSERT INTO exception_counter (tenant_id, last_number) SELECT $1, max(number) FROM exception WHERE tenant_id = $1
     ON CONFLICT (tenant_id) DO UPDATE SET last_number = excluded.last_number`,
    [tenantId],
  );
}
