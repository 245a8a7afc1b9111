import { createHash, randomBytes } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TRPCError } from '@trpc/server';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { composeServices, createFoundation } from '../../api/compose.ts';
import type { Services } from '../../api/services.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { connectTemporalLater } from '../../shared/platform/server/temporal/connect.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { callerOf, cases, type Middle, middleText, type Site } from './growth-cases.ts';
import { fillRows, type Ground } from './growth-fill.ts';
import { median, percentile } from './measure.ts';

// `node test/bench/growth.ts`: every list and sweep on a large database ÷ on a small one.

interface GrowthOptions extends BenchOptions {
  /** Executions in the large database. */
  rows?: number;
  /** Only cases whose name contains this. */
  only?: string;
}

interface OpenSite {
  site: Site;
  close(): Promise<void>;
}

const smallRows = 2000;
const [warmUp, rounds] = [6, 15];
const sizes = ['small', 'large'] as const;
type Size = (typeof sizes)[number];
const root = join(import.meta.dirname, '../..');
const dir = join(root, '.cache/bench-growth');

/**
 * Compares two databases on one server, in turns. They are filled once and kept in `.cache/bench-growth` until the
 * schema or the rows change.
 */
export async function run({ quick, log, rows, only = '' }: GrowthOptions): Promise<BenchRow[]> {
  const largeRows = rows ?? (quick ? 100_000 : 1_000_000);
  const key = keyOf(largeRows);
  const keyFile = join(dir, 'filled');
  const isFilled = existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key;
  if (!isFilled) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dir, 'postgres'),
    port: await freePort('PostgreSQL', 0),
    settings: {
      fsync: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      max_wal_size: '8GB',
      autovacuum: 'off',
    },
    log,
  });
  const sites: OpenSite[] = [];
  try {
    const open = async (name: string, size: number) => {
      if (!isFilled) log(`Filling a database with ${size.toLocaleString('en')} executions …`);
      const opened = await openSite(postgres.adminUrl, name, isFilled ? null : size);
      sites.push(opened);
      return opened.site;
    };
    const pair = { small: await open('small', smallRows), large: await open('large', largeRows) };
    writeFileSync(keyFile, key);
    const rows = await compare(
      pair,
      cases.filter(([name]) => name.includes(only)),
      log,
    );
    return [benchRow(largeRows, rows)];
  } finally {
    for (const { close } of sites) await close();
    await postgres.stop();
  }
}

/** Changes with the schema and with what is filled. */
function keyOf(rows: number): string {
  const hash = createHash('sha256').update(String(rows));
  for (const file of globSync('migrations/*.sql', { cwd: root }).sort().concat('test/bench/growth-fill.ts'))
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** What is kept beside a filled database. */
interface Filled {
  appUrl: string;
  ground: Ground;
}

async function openSite(adminUrl: string, name: string, fill: number | null): Promise<OpenSite> {
  const file = join(dir, `${name}.json`);
  if (fill !== null) writeFileSync(file, JSON.stringify(await fillSite(adminUrl, `growth_${name}`, fill)));
  const { appUrl, ground } = JSON.parse(readFileSync(file, 'utf8')) as Filled;
  const url = new URL(appUrl);
  url.port = new URL(adminUrl).port;
  const services = await openServices(url.href);
  const [middle] = await services.db.tenant(ground.tenantId, (connection) =>
    connection.query<Middle & Record<string, string>>({ text: middleText, values: [ground.tenantId] }),
  );
  if (!middle) throw new Error('The database is empty');
  const call = callerOf(services, ground.tenantId);
  return { site: { ground, services, call, middle }, close: () => services.db.close() };
}

async function fillSite(adminUrl: string, database: string, executions: number): Promise<Filled> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const { appUrl } = await migrate(url.href);
  const services = await openServices(appUrl);
  try {
    const ground = await layGround(services);
    await fillRows(url.href, ground, executions);
    return { appUrl, ground };
  } finally {
    await services.db.close();
  }
}

async function openServices(databaseUrl: string): Promise<Services> {
  const env = {
    DATABASE_URL: databaseUrl,
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'bench', key: randomBytes(32).toString('base64') }],
    }),
  };
  const foundation = await createFoundation(readEnvironment(env), createLogger('silent'), { keys: { env } });
  // Nothing here needs Temporal.
  return composeServices(foundation, connectTemporalLater()).services;
}

/** What the rows refer to, made as people make it. */
async function layGround(services: Services): Promise<Ground> {
  const tenantId = uuidv7();
  const call = callerOf(services, tenantId);
  const toolIds: string[] = [];
  for (let n = 1; n <= 30; n++)
    toolIds.push(
      (await call.tools.create({ definition: { name: `tool_${n}`, title: `Tool ${n}`, type: 'dummy' } })).id,
    );
  const playbookIds: string[] = [];
  for (let n = 1; n <= 5; n++) {
    const steps = [1, 2, 3].map((step) => ({ id: `s${step}`, type: 'manual', title: `Step ${step}` }));
    const document = { name: `playbook_${n}`, title: `Playbook ${n}`, steps };
    const { id } = await call.playbooks.create({ document });
    await call.playbooks.publish({ id });
    playbookIds.push(id);
  }
  const { id: endpointId } = await call.webhooks.create({ url: 'https://example.com/hook' });
  return { tenantId, others: Array.from({ length: 20 }, () => uuidv7()), toolIds, playbookIds, endpointId };
}

interface Compared {
  name: string;
  /** p50 in milliseconds. */
  small: number;
  large: number;
  ratio: number;
}

/** The worst first. */
async function compare(
  pair: Record<Size, Site>,
  chosen: typeof cases,
  log: (line: string) => void,
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const [name, work] of chosen) {
    const times: Record<Size, number[]> = { small: [], large: [] };
    // The first uses plan and fill the caches. One that is slow is clear after a few.
    for (
      let round = 0;
      round < warmUp + rounds && !(times.large.length >= 5 && median(times.large) > 100);
      round++
    )
      for (const size of round % 2 ? sizes : sizes.toReversed()) {
        const from = performance.now();
        await work(pair[size]).catch(orTooSlow);
        if (round >= warmUp) times[size].push(performance.now() - from);
      }
    const [small, large] = [median(times.small), median(times.large)];
    compared.push({ name, small, large, ratio: large / small });
    log(`${name}: ${fixed(small)} → ${fixed(large)} ms`);
  }
  return compared.sort((a, b) => b.ratio - a.ratio);
}

/** A statement that takes ten seconds is ended. */
function orTooSlow(error: unknown): void {
  if (!(error instanceof TRPCError) || error.code !== 'SERVICE_UNAVAILABLE') throw error;
}

function benchRow(rows: number, compared: Compared[]): BenchRow {
  const ratios = compared.map(({ ratio }) => ratio);
  return {
    number: 6,
    name: `the slowest of ${compared.length} lists and sweeps: p50 with ${rows.toLocaleString('en')} executions ÷ with ${smallRows.toLocaleString('en')}`,
    value: Math.max(...ratios),
    quartiles: [percentile(ratios, 0.25), percentile(ratios, 0.75)],
    aim: { op: '<=', value: 2 },
    table: {
      head: [
        'list',
        `ms with ${smallRows.toLocaleString('en')}`,
        `ms with ${rows.toLocaleString('en')}`,
        'ratio',
      ],
      rows: compared.map(({ name, small, large, ratio }) => [name, fixed(small), fixed(large), fixed(ratio)]),
    },
  };
}

const fixed = (value: number) => value.toFixed(2);

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const [row] = await run({
    quick: values.quick,
    log: (line) => console.log(line),
    ...(values.rows && { rows: Number(values.rows) }),
    ...(values.only && { only: values.only }),
  });
  console.log(`${row!.name}: ${fixed(row!.value)}`);
  for (const line of row!.table!.rows) console.log(line.join(' | '));
}
