import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { type PeriodName, periodNames } from '../../shared/usage/periods.ts';
import { countLog } from '../../shared/usage/server/count-log.ts';
import { readHomeUsage } from '../../shared/usage/server/home-usage.ts';
import { readToolUsage } from '../../shared/usage/server/tool-usage.ts';
import { median } from './measure.ts';

// `npm run bench:usage`: what the pictures of usage cost with many executions ÷ with few.

const { values: options } = parseArgs({
  options: { small: { type: 'string', default: '10000' }, large: { type: 'string', default: '1000000' } },
});
const dir = join(import.meta.dirname, '../../.cache/bench-usage');
const rounds = 25;
const log = (line: string) => console.log(line);

interface Site {
  db: Database;
  tenantId: string;
  toolId: string;
}

/** Executions over half a year, of 20 tools in 2 versions, by people and 2 keys; exceptions and waiting steps in proportion. */
async function fill(admin: pg.Client, site: Omit<Site, 'db'>, executions: number): Promise<void> {
  await admin.query('SET session_replication_role = replica; SET synchronous_commit = off');
  await admin.query(`DO $$ BEGIN FOR i IN 2..7 LOOP DECLARE
      first timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => i)) AT TIME ZONE 'UTC';
      next timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => i - 1)) AT TIME ZONE 'UTC';
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF tool_execution FOR VALUES FROM (%L) TO (%L)',
        'tool_execution_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM'), interlock_uuid_floor(first), interlock_uuid_floor(next));
    END; END LOOP; END $$`);
  const at = `now() - interval '180 days' * (1 - i::float8 / ${executions})`;
  const idOf = (kind: string) =>
    `(substr(interlock_uuid_floor(${at})::text, 1, 13) || '-7' || substr(md5('${kind}' || i), 1, 3) || '-8'
      || substr(md5('${kind}' || i), 4, 3) || '-' || substr(md5('${kind}' || i), 7, 12))::uuid`;
  const tool = `CASE WHEN i % 20 = 0 THEN '${site.toolId}'::uuid ELSE md5('tool' || i % 20)::uuid END`;
  await admin.query(
    `INSERT INTO tool_execution (id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, failure_code,
       requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, attempts, max_attempts, deadline_at, created_at,
       started_at, completed_at)
     SELECT ${idOf('execution')}, $1, ${tool}, 'tool', 'Tool', 1 + (i % 7 = 0)::int,
       CASE WHEN i % 13 = 0 THEN 'failed' ELSE 'succeeded' END, CASE WHEN i % 13 = 0 THEN 'timeout' END,
       CASE WHEN i % 3 = 0 THEN 'user' ELSE 'api_key' END, md5('actor' || i % 3), 'Actor', 1, 1, now(), ${at}, ${at},
       ${at} + interval '1 ms' * exp(2 + (hashtextextended('time', i) & 1023) / 150.0)
     FROM generate_series(0, ${executions} - 1) AS s(i)`,
    [site.tenantId],
  );
  await admin.query(
    `INSERT INTO exception (id, tenant_id, number, title, domain, severity, status, resolved_at, created_by_type, created_by_id,
       created_by_name, created_at)
     SELECT ${idOf('exception')}, $1, i, 'x', 'general', 'low', CASE WHEN i % 100 = 0 THEN 'open' ELSE 'resolved' END,
       CASE WHEN i % 100 > 0 THEN ${at} + interval '2 hours' END, 'user', 'u', 'U', ${at}
     FROM generate_series(0, ${executions} - 1, 10) AS s(i)`,
    [site.tenantId],
  );
  await admin.query(`ANALYZE tool_execution, exception`);
}

async function open(adminUrl: string, name: string, executions: number): Promise<Site> {
  const server = new pg.Client({ connectionString: adminUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  await server.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const { appUrl } = await migrate(url.href);
  const admin = new pg.Client({ connectionString: url.href });
  admin.on('error', () => {});
  await admin.connect();
  const site = { tenantId: uuidv7(), toolId: uuidv7() };
  await admin.query(
    `INSERT INTO tool (id, tenant_id, name, title, description, category, type, current_version) VALUES ($1, $2, 'tool', 'Tool', '', 'general', 'http', 1)`,
    [site.toolId, site.tenantId],
  );
  await fill(admin, site, executions);
  const db = openDatabase(appUrl);
  const began = performance.now();
  await countLog(db);
  log(
    `${executions.toLocaleString('en')} executions were counted in ${Math.round((performance.now() - began) / 1000)} s`,
  );
  // As autovacuum leaves them. Rows written without waiting for the disk are only now seen as visible to everyone.
  await admin.query('VACUUM ANALYZE usage_count, usage_time, usage_counted, exception, tool_execution');
  await admin.end();
  return { db, ...site };
}

rmSync(dir, { recursive: true, force: true });
const postgres = await startEmbeddedPostgres({
  dataDir: join(dir, 'postgres'),
  port: await freePort('PostgreSQL', 0),
  settings: { fsync: 'off', wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '4GB' },
  log: () => {},
});
try {
  const sites = [
    await open(postgres.adminUrl, 'small', Number(options.small)),
    await open(postgres.adminUrl, 'large', Number(options.large)),
  ];
  const contextOf = ({ db, tenantId }: Site) => ({
    services: { db, log: pino({ level: 'silent' }) },
    identity: {
      tenantId,
      tenantSlug: 'bench',
      tenantName: 'Bench',
      actor: { type: 'user' as const, id: 'u', name: 'U' },
      person: null,
      roles: [],
    },
  });
  const cases = periodNames.flatMap((period: PeriodName) => [
    [
      `home, ${period}`,
      (site: Site) => readHomeUsage(contextOf(site), { period, timeZone: 'Europe/Berlin' }),
    ] as const,
    [
      `a tool, ${period}`,
      (site: Site) => readToolUsage(contextOf(site), { id: site.toolId, period, timeZone: 'Europe/Berlin' }),
    ] as const,
  ]);
  let worst = 0;
  log(`| picture | ms with ${options.small} | ms with ${options.large} | ratio |\n|---|---|---|---|`);
  for (const [name, read] of cases) {
    const [small, large] = [[], []] as [number[], number[]];
    for (let round = 0; round < rounds + 5; round++)
      for (const [index, site] of sites.entries()) {
        const from = performance.now();
        await read(site);
        if (round >= 5) [small, large][index]!.push(performance.now() - from);
      }
    const ratio = median(large) / median(small);
    worst = Math.max(worst, ratio);
    log(`| ${name} | ${median(small).toFixed(1)} | ${median(large).toFixed(1)} | ${ratio.toFixed(2)} |`);
  }
  log(`The worst ratio is ${worst.toFixed(2)}; the aim is at most 2.`);
  for (const { db } of sites) await db.close();
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
