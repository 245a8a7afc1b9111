import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { readJson } from '../read-json.ts';
import { type DatabaseRole, type DatabaseUrls, databaseUrlsFrom } from './logins.ts';

// Numbers keep their digits in and out of the database (decision 0020).
pg.types.setTypeParser(pg.types.builtins.JSON, readJson);
pg.types.setTypeParser(pg.types.builtins.JSONB, readJson);

/**
 * A connection on which the tenant is already set. Row-level security shows it this tenant's rows only; every query
 * still names the tenant, so that a mistake in one of the two shows nothing.
 */
export interface TenantConnection {
  readonly tenantId: string;
  /** The query builder, for everything that is not hot (decision 0013). */
  readonly orm: NodePgDatabase;
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>;
}

/** A connection of the system role, which sees every tenant: sweeps, the live tail, global definitions. */
export interface SystemConnection {
  readonly orm: NodePgDatabase;
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>;
}

/** With a `name`, the connection prepares it once and PostgreSQL may keep its plan. */
export interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
}

export interface Database {
  /** Runs `work` on a connection of this tenant; each statement commits on its own. */
  tenant<T>(tenantId: string, work: (connection: TenantConnection) => Promise<T>): Promise<T>;
  /** The same in one transaction. */
  tenantTransaction<T>(tenantId: string, work: (connection: TenantConnection) => Promise<T>): Promise<T>;
  system<T>(work: (connection: SystemConnection) => Promise<T>): Promise<T>;
  systemTransaction<T>(work: (connection: SystemConnection) => Promise<T>): Promise<T>;
  /** The pool of the role that works on accounts only, for better-auth. */
  readonly authPool: pg.Pool;
  ping(): Promise<void>;
  close(): Promise<void>;
}

const tenantOfClient = new WeakMap<pg.PoolClient, string>();

/**
 * @param connection a connection string for each role, or that of `<database>_app_login`, from which the others follow
 */
export function openDatabase(
  connection: string | DatabaseUrls,
  options: { maxConnections?: number; log?: (error: Error) => void } = {},
): Database {
  const max = options.maxConnections ?? 12;
  const urls = typeof connection === 'string' ? databaseUrlsFrom(connection) : connection;
  const app = openPool(urls, 'app', max, options.log);
  const system = openPool(urls, 'system', 4, options.log);
  const authPool = openPool(urls, 'auth', 4, options.log);

  /** Sets the tenant only when the connection last served another one: one round trip less. */
  async function withTenant<T>(
    tenantId: string,
    transaction: boolean,
    work: (c: TenantConnection) => Promise<T>,
  ): Promise<T> {
    return withClient(app, transaction, async (client) => {
      if (tenantOfClient.get(client) !== tenantId) {
        tenantOfClient.delete(client);
        await client.query({
          name: 'set_tenant',
          text: "SELECT set_config('interlock.tenant_id', $1, false)",
          values: [tenantId],
        });
        tenantOfClient.set(client, tenantId);
      }
      return work({ tenantId, ...connectionOf(client) });
    });
  }

  return {
    tenant: (tenantId, work) => withTenant(tenantId, false, work),
    tenantTransaction: (tenantId, work) => withTenant(tenantId, true, work),
    system: (work) => withClient(system, false, (client) => work(connectionOf(client))),
    systemTransaction: (work) => withClient(system, true, (client) => work(connectionOf(client))),
    authPool,
    ping: async () => {
      await system.query('SELECT 1');
    },
    close: async () => {
      await Promise.all([app.end(), system.end(), authPool.end()]);
    },
  };
}

function openPool(
  urls: DatabaseUrls,
  role: DatabaseRole,
  max: number,
  log?: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: urls[role],
    max,
    // With the default cost of a random page, PostgreSQL would plan prepared statements on partitions at every use.
    options: `-c random_page_cost=1.1${role === 'auth' ? ' -c search_path=auth' : ''}`,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    // A transaction that hangs would hold back the live tail and the webhooks of every tenant.
    idle_in_transaction_session_timeout: 10_000,
    application_name: `interlock_${role}`,
    keepAlive: true,
  });
  // The pool replaces an idle connection that breaks; without a listener the error would end the process.
  pool.on('error', (error) => log?.(error));
  // So would the error of a connection in use; its statement reports it.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const connections = new WeakMap<pg.PoolClient, SystemConnection>();

function connectionOf(client: pg.PoolClient): SystemConnection {
  let connection = connections.get(client);
  if (!connection) {
    connection = {
      orm: drizzle(client),
      query: async <Row extends pg.QueryResultRow>(statement: Statement) =>
        (await client.query<Row>(statement)).rows,
    };
    connections.set(client, connection);
  }
  return connection;
}

async function withClient<T>(
  pool: pg.Pool,
  transaction: boolean,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    if (!transaction) return await work(client);
    await client.query('BEGIN');
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // The rollback may undo set_config.
      tenantOfClient.delete(client);
      await client.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    }
  } catch (caught) {
    // Drizzle's message shows the parameters, which may hold payloads; the driver's own error is its cause.
    const error = caught instanceof DrizzleQueryError ? caught.cause : caught;
    if (error instanceof Error && isConnectionError(error)) broken = error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The server or the connection failed, not the statement: the work may be retried, and callers get a 503. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    // Class 08 connection, 57P0x shutdown and crash, 53300 too many connections.
    return (
      /^(08|57P0)/.test(code) || code === '53300' || /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH)/.test(code)
    );
  }
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message,
  );
}
