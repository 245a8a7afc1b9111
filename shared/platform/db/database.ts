import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { readJson } from '../read-json.ts';
import { openSpan } from '../server/tracing/tracing.ts';
import { isConnectionUnusable, isOutdatedPlan, wasRefused } from './database-errors.ts';
import { type DatabaseRole, type DatabaseUrls, databaseUrlsFrom } from './logins.ts';
import { poolSizes } from './pool-sizes.ts';
import { countWrite, inWriteScope, isWrite } from './write-scope.ts';

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

/** A connection without a tenant. Of the system role, which sees every tenant: sweeps, the live tail, global definitions. */
export interface SystemConnection {
  readonly orm: NodePgDatabase;
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>;
}

/** With a `name`, the connection prepares it once and PostgreSQL may keep its plan. */
export interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
  /** It writes, but a request that fails after it has changed nothing: such as a count of requests. */
  bookkeeping?: true;
}

export interface Database {
  /** Runs `work` on a connection of this tenant; each statement commits on its own. */
  tenant<T>(tenantId: string, work: (connection: TenantConnection) => Promise<T>): Promise<T>;
  /** The same in one transaction. */
  tenantTransaction<T>(tenantId: string, work: (connection: TenantConnection) => Promise<T>): Promise<T>;
  system<T>(work: (connection: SystemConnection) => Promise<T>): Promise<T>;
  systemTransaction<T>(work: (connection: SystemConnection) => Promise<T>): Promise<T>;
  /** In one transaction of the role that works on accounts only. It may add their events, and reaches nothing else. */
  accounts<T>(work: (connection: SystemConnection) => Promise<T>): Promise<T>;
  /** The pool of that role, for better-auth and for reads. */
  readonly authPool: pg.Pool;
  /** The connections that this process holds now, by role. */
  pools(): PoolUse[];
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** `waiting`: of those who want one. */
export interface PoolUse {
  role: DatabaseRole;
  busy: number;
  idle: number;
  waiting: number;
  max: number;
}

const tenantOfClient = new WeakMap<pg.PoolClient, string>();

/** Shorter than a request may take, so that a statement that waits for a lock does not outlive its caller. */
const requestStatementMs = 10_000;
/** Sweeps and partitions have no caller. */
const systemStatementMs = 30_000;

/**
 * @param connection a connection string for each role, or that of `<database>_app_login`, from which the others follow
 */
export function openDatabase(
  connection: string | DatabaseUrls,
  options: { maxConnections?: number; log?: (error: Error) => void } = {},
): Database {
  const sizes = poolSizes(false, options.maxConnections);
  const urls = typeof connection === 'string' ? databaseUrlsFrom(connection) : connection;
  const app = openPool(urls, 'app', sizes.app, options.log);
  const system = openPool(urls, 'system', sizes.system, options.log);
  const authPool = openPool(urls, 'auth', sizes.auth, options.log);

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
      const { orm, query } = sessionOf(client);
      return work({ tenantId, orm, query });
    });
  }

  return {
    tenant: (tenantId, work) => withTenant(tenantId, false, work),
    tenantTransaction: (tenantId, work) => withTenant(tenantId, true, work),
    system: (work) => withClient(system, false, (client) => work(sessionOf(client))),
    systemTransaction: (work) => withClient(system, true, (client) => work(sessionOf(client))),
    accounts: (work) => withClient(authPool, true, (client) => work(sessionOf(client))),
    authPool,
    pools: () => [useOf('app', app), useOf('system', system), useOf('auth', authPool)],
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
    options: `-c random_page_cost=1.1${role === 'auth' ? ' -c search_path=auth,public' : ''}`,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: role === 'system' ? systemStatementMs : requestStatementMs,
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

function useOf(role: DatabaseRole, { totalCount, idleCount, waitingCount, options }: pg.Pool): PoolUse {
  return {
    role,
    busy: totalCount - idleCount,
    idle: idleCount,
    waiting: waitingCount,
    max: options.max ?? totalCount,
  };
}

/** A connection of a pool, with what it is doing. */
interface Session extends SystemConnection {
  transaction: boolean;
  /** Whether the transaction has written. */
  wrote: boolean;
  /** Takes the last write back that was counted. */
  undoCount: () => void;
  /** A prepared statement of this connection is outdated, so others may be. */
  outdated: boolean;
}

const statementSpan = { kind: 'client', attributes: { 'db.system.name': 'postgresql' } } as const;

const sessions = new WeakMap<pg.PoolClient, Session>();

function sessionOf(client: pg.PoolClient): Session {
  let session = sessions.get(client);
  if (!session) {
    session = openSession(client);
    sessions.set(client, session);
  }
  return session;
}

function openSession(client: pg.PoolClient): Session {
  const session: Session = {
    transaction: false,
    wrote: false,
    undoCount: () => {},
    outdated: false,
    orm: drizzle(client, { logger: { logQuery: (text) => noteWrite(session, text) } }),
    query: async <Row extends pg.QueryResultRow>({ bookkeeping, ...statement }: Statement) => {
      noteWrite(session, bookkeeping ? '' : statement.text);
      const span = statement.name ? openSpan(statement.name, statementSpan) : null;
      try {
        const { rows } = await client.query<Row>(statement);
        session.undoCount = () => {};
        return rows;
      } catch (error) {
        if (!isOutdatedPlan(error)) throw error;
        session.outdated = true;
        // The transaction is lost, and its work must be repeated as a whole.
        if (session.transaction) throw error;
        const { text, values } = statement;
        return (await client.query<Row>({ text, ...(values && { values }) })).rows;
      } finally {
        span?.end();
      }
    },
  };
  return session;
}

/** Within a transaction, its commit counts. */
function noteWrite(session: Session, text: string): void {
  session.undoCount = () => {};
  if (!inWriteScope() || !isWrite(text)) return;
  if (session.transaction) session.wrote = true;
  else session.undoCount = countWrite();
}

async function withClient<T>(
  pool: pg.Pool,
  transaction: boolean,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const session = sessionOf(client);
  session.undoCount = () => {};
  let broken = false;
  try {
    return transaction ? await inTransaction(client, session, work) : await work(client);
  } catch (caught) {
    // Drizzle's message shows the parameters, which may hold payloads; the driver's own error is its cause.
    const error = caught instanceof DrizzleQueryError ? caught.cause : caught;
    if (wasRefused(error)) session.undoCount();
    broken = isConnectionUnusable(error);
    throw error;
  } finally {
    client.release(broken || session.outdated || session.transaction);
  }
}

/** Leaves `session.transaction` set when the transaction could not be ended. */
async function inTransaction<T>(
  client: pg.PoolClient,
  session: Session,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN');
  Object.assign(session, { transaction: true, wrote: false });
  try {
    const result = await work(client);
    if (session.wrote) session.undoCount = countWrite();
    await client.query('COMMIT');
    session.transaction = false;
    return result;
  } catch (error) {
    // The rollback may undo set_config.
    tenantOfClient.delete(client);
    await client.query('ROLLBACK').then(
      () => {
        session.transaction = false;
      },
      () => {},
    );
    throw error;
  }
}
