import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { findTemporalCli, startTemporalServer } from '../../dev/temporal-server.ts';
import { searchAttributeFlags } from '../../shared/executions/server/register-search-attributes.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { createEmptyDatabase } from './empty-database.ts';

export interface TestServers {
  /** The superuser, for tests that look past row-level security. */
  adminUrl: string;
  /** The login the processes use. */
  databaseUrl: string;
  temporalAddress: string;
  temporalUiUrl: string;
  temporalHttpUrl: string;
  temporalCli: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServers;
  }
}

/** Unit tests need no server, and a whole product starts its own. */
const without = ['unit', 'product'];

/** One PostgreSQL and one Temporal server for the whole run; tenants and task queues keep tests apart. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.vitest.projects.every(({ name }) => without.includes(name))) return;
  const log = (line: string) => console.log(line);
  const dir = fileURLToPath(new URL(`../../.cache/test/${process.pid}`, import.meta.url));
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const port = (what: string) => freePort(what, 0);

  const postgres = await startEmbeddedPostgres({
    dataDir: join(dir, 'postgres'),
    port: await port('PostgreSQL'),
    // A test run may lose its data with the machine; it must not lose time. Thousands of connections sign in.
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      max_wal_size: '8GB',
      checkpoint_timeout: '1h',
      scram_iterations: '1',
      max_connections: '300',
    },
    log,
  });
  const temporalCli = await findTemporalCli({ log });
  const temporal = await startTemporalServer({
    cli: temporalCli,
    port: await port('Temporal'),
    uiPort: await port('Temporal Web'),
    httpPort: await port('Temporal HTTP'),
    searchAttributes: searchAttributeFlags,
    logFile: join(dir, 'temporal.log'),
    log,
  });
  const { appUrl } = await migrate(postgres.adminUrl);
  await createEmptyDatabase(postgres.adminUrl);
  project.provide('servers', {
    adminUrl: postgres.adminUrl,
    databaseUrl: appUrl,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    temporalHttpUrl: temporal.httpUrl,
    temporalCli,
  });
  return async () => {
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(dir, { recursive: true, force: true });
  };
}
