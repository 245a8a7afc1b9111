import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';

/** A PostgreSQL of its own, beside the one of the product, with a database `shop` and a user `shop`. */
export interface ShopDatabase {
  port: number;
  url: string;
  password: string;
  admin: pg.Client;
  stop(): Promise<void>;
}

export async function startShopDatabase(
  sql: string,
  { settings, password = 'of-the-shop-4711' }: { settings?: Record<string, string>; password?: string } = {},
): Promise<ShopDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-shop-'));
  chmodSync(dir, 0o755);
  const port = await freePort('a database', 0);
  const server = await startEmbeddedPostgres({
    dataDir: join(dir, 'data'),
    port,
    database: 'shop',
    settings: { fsync: 'off', ...settings },
  });
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE shop LOGIN PASSWORD ${pg.escapeLiteral(password)}; ${sql}`);
  return {
    port,
    url: `postgresql://127.0.0.1:${port}/shop`,
    password,
    admin,
    stop: async () => {
      await admin.end();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
