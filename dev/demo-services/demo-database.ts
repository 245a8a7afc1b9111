import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { demoCredentials } from './credentials.ts';

/** Small: a few pages of memory, and no work while no one asks. */
const settings = {
  cluster_name: 'interlock-demo-shop',
  max_connections: '20',
  shared_buffers: '8MB',
  autovacuum: 'off',
  fsync: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/**
 * Starts the database of the demo's shop: a PostgreSQL of its own, because no tool reaches the one of the product. It has
 * orders and refunds, and a user who may only read them.
 */
export async function startDemoDatabase(options: {
  dataDir: string;
  port: number;
  logFile: string;
}): Promise<{ stop(): Promise<void> }> {
  const server = await startEmbeddedPostgres({ ...options, database: 'shop', settings });
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'orders'");
    if (rows.length === 0) await client.query(seed);
  } finally {
    await client.end();
  }
  return server;
}

/** In one transaction: an interrupted start begins again. */
const seed = `
  CREATE TABLE orders (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    status text NOT NULL,
    total numeric(12, 2) NOT NULL,
    currency text NOT NULL,
    placed_at timestamptz NOT NULL
  );
  CREATE INDEX ON orders (email, placed_at);
  CREATE TABLE refunds (
    id bigint PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    amount numeric(12, 2) NOT NULL,
    reason text NOT NULL
  );
  INSERT INTO orders
  SELECT 10000 + n,
    (ARRAY['ana', 'ben', 'carla', 'daniel', 'emil'])[1 + n % 5] || '@shop.example',
    (ARRAY['open', 'paid', 'shipped', 'returned'])[1 + n % 4],
    (500 + n * 137 % 20000) / 100.0,
    (ARRAY['EUR', 'USD'])[1 + n % 2],
    now() - n * interval '5 hours'
  FROM generate_series(1, 240) n;
  INSERT INTO refunds
  SELECT id, id, round(total / 2, 2), 'Arrived damaged' FROM orders WHERE status = 'returned';
  CREATE ROLE ${demoCredentials.shopUser} LOGIN PASSWORD '${demoCredentials.shopPassword}';
  GRANT SELECT ON orders, refunds TO ${demoCredentials.shopUser};
`;
