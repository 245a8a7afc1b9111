import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TRPCError } from '@trpc/server';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { casesOf } from './growth-cases.ts';
import type { Ground } from './growth-fill.ts';
import { searchCasesOf } from './growth-search.ts';
import { fillSite, openSite, type Site } from './growth-site.ts';
import { median, percentile } from './measure.ts';

// `node test/bench/growth.ts`: every list and sweep on a large database ÷ on a small one.

interface GrowthOptions extends BenchOptions {
  /** Executions in the large database. */
  rows?: number;
  /** In the small one. */
  small?: number;
  /** Only cases whose name contains this. */
  only?: string;
}

const pageSize = 20;
const [warmUp, rounds] = [6, 15];
const sizes = ['small', 'large'] as const;
type Size = (typeof sizes)[number];
const root = join(import.meta.dirname, '../..');
const dir = join(root, '.cache/bench-growth');

/**
 * Compares two databases on one server, in turns. They are filled once and kept in `.cache/bench-growth` until the
 * schema or the rows change.
 */
export async function run({
  quick,
  log,
  rows,
  small: smallRows = 2000,
  only = '',
}: GrowthOptions): Promise<BenchRow[]> {
  const largeRows = rows ?? (quick ? 100_000 : 1_000_000);
  const key = keyOf(smallRows, largeRows);
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
  const sites: Site[] = [];
  try {
    for (const [name, size] of [['small', smallRows] as const, ['large', largeRows] as const]) {
      if (!isFilled) log(`Filling a database with ${size.toLocaleString('en')} executions …`);
      sites.push(await open(postgres.adminUrl, name, isFilled ? null : size));
    }
    writeFileSync(keyFile, key);
    const [small, large] = sites;
    if (!small || !large) throw new Error('Both databases are open');
    const chosen = [...casesOf(pageSize), ...searchCasesOf(pageSize)].filter(([name]) => name.includes(only));
    return [benchRow(smallRows, largeRows, await compare({ small, large }, chosen, log))];
  } finally {
    for (const { services } of sites) await services.db.close();
    await postgres.stop();
  }
}

/** Changes with the schema and with what is filled. */
function keyOf(...rows: number[]): string {
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

async function open(adminUrl: string, name: string, fill: number | null): Promise<Site> {
  const file = join(dir, `${name}.json`);
  if (fill !== null)
    writeFileSync(file, JSON.stringify(await fillDatabase(adminUrl, `growth_${name}`, fill)));
  const { appUrl, ground } = JSON.parse(readFileSync(file, 'utf8')) as Filled;
  const url = new URL(appUrl);
  url.port = new URL(adminUrl).port;
  return openSite(url.href, ground);
}

async function fillDatabase(adminUrl: string, database: string, executions: number): Promise<Filled> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const { appUrl } = await migrate(url.href);
  return { appUrl, ground: await fillSite({ adminUrl: url.href, databaseUrl: appUrl }, executions) };
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
  chosen: ReturnType<typeof casesOf>,
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

function benchRow(smallRows: number, rows: number, compared: Compared[]): BenchRow {
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
      small: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const [row] = await run({
    quick: values.quick,
    log: (line) => console.log(line),
    ...(values.rows && { rows: Number(values.rows) }),
    ...(values.small && { small: Number(values.small) }),
    ...(values.only && { only: values.only }),
  });
  console.log(`${row!.name}: ${fixed(row!.value)}`);
  for (const line of row!.table!.rows) console.log(line.join(' | '));
}
