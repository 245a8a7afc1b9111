import type { Duplex } from 'node:stream';
import { type Connection, createConnection, type QueryError } from 'mysql2';
import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { untilAborted } from '../../../../platform/server/until-aborted.ts';
import { byteCount, guardedReads, needsTls, openConnection } from './connection.ts';
import type { DatabaseCall, DatabaseOutput } from './database-call.ts';
import { DatabaseFailure } from './database-failure.ts';
import { mysqlParameter, mysqlValue } from './mysql-values.ts';
import { noResponse } from './no-response.ts';
import { rowReader } from './read-values.ts';
import { sqlFailure } from './sql-state.ts';

/**
 * Runs one statement in one transaction, which the server holds to reading where the tool is read-only. A statement that
 * MySQL commits by itself (CREATE, ALTER, …) has its effect when it is sent, every other one with COMMIT.
 */
export async function runMysql(call: DatabaseCall): Promise<DatabaseOutput> {
  const { context, config, effect } = call;
  const connection = await connect(call, context.signal);
  let thread: number | null = null;
  const work = async () => {
    await greeted(connection);
    thread = connection.threadId;
    return transact(call, connection);
  };
  try {
    return await untilAborted(work(), context.signal);
  } catch (error) {
    if (!context.signal.aborted) throw asFailure(call, error);
    if (thread !== null && (config.readOnly || effect.sent === 'before')) void kill(call, thread);
    throw noResponse(call);
  } finally {
    // Without COMMIT the server undoes what was done.
    connection.destroy();
  }
}

async function transact(call: DatabaseCall, connection: Connection): Promise<DatabaseOutput> {
  const { config, effect, timeoutMs } = call;
  const { readOnly, maxRows } = config;
  effect.check();
  const seconds = Math.ceil(timeoutMs / 1000);
  await run(
    connection,
    [
      `SET SESSION wait_timeout = ${seconds + 60}`,
      `SESSION innodb_lock_wait_timeout = ${seconds}`,
      ...(readOnly ? [`SESSION sql_select_limit = ${maxRows + 1}`] : []),
    ].join(', ') +
      // One for MariaDB, one for MySQL: each ignores the other.
      ` /*M!100100 , SESSION max_statement_time = ${timeoutMs / 1000} */ /*!50708 , SESSION max_execution_time = ${timeoutMs} */`,
  );
  // Of every transaction: a statement that commits begins no other one that writes.
  if (readOnly) await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  await run(connection, `START TRANSACTION ${readOnly ? 'READ ONLY' : 'READ WRITE'}`);
  if (readOnly || commitsItself(String(call.body.statement))) effect.begin();
  else effect.check();
  const output = await execute(call, connection);
  if (!readOnly) {
    effect.begin();
    await run(connection, 'COMMIT');
  }
  return output;
}

/** Whether MySQL may commit the statement when it runs it, whatever the transaction says. */
function commitsItself(statement: string): boolean {
  const first = /^(?:\s+|--[^\n]*\n|#[^\n]*\n|\/\*(?![!M])[^*]*\*+(?:[^/*][^*]*\*+)*\/)*([a-z]+)/i.exec(
    statement,
  )?.[1];
  return !/^(?:select|insert|update|delete|replace|with)$/i.test(first ?? '') || /\/\*M?!/.test(statement);
}

async function connect(call: DatabaseCall, signal: AbortSignal): Promise<Connection> {
  const { address, login, config } = call;
  const socket = await openConnection(call, signal);
  const tls = needsTls(call);
  const count = byteCount(call);
  const connection = createConnection({
    stream: tls ? socket : guardedReads(socket, count),
    host: address.host,
    port: address.port,
    user: login?.user ?? '',
    password: login?.password ?? '',
    database: address.database,
    ...(tls && {
      ssl: { ca: config.ca, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
    }),
    charset: 'utf8mb4',
    multipleStatements: false,
    // No server reads files of ours.
    flags: ['-LOCAL_FILES'],
    // Names of columns never become code.
    disableEval: true,
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    typeCast: (field, next) => mysqlValue(field, next),
    connectTimeout: 0,
  });
  // A connection that breaks fails the command that waits.
  connection.on('error', () => {});
  guardPackets(connection);
  if (tls) connection.once('connect', () => countTls(connection, count));
  return connection;
}

/** An error in reading a packet ends the connection and not the process. */
function guardPackets(connection: Connection): void {
  const inner = connection as unknown as MysqlInternals;
  const handle = inner.handlePacket.bind(inner);
  inner.handlePacket = (packet) => {
    try {
      handle(packet);
    } catch (error) {
      inner.stream.destroy(error instanceof Error ? error : new Error('The response cannot be read'));
    }
  };
}

/** The library makes the stream with TLS itself, in place of the one that it was given. */
function countTls(connection: Connection, count: (bytes: number) => void): void {
  const { stream } = connection as unknown as MysqlInternals;
  stream.prependListener('data', (chunk: Buffer) => {
    try {
      count(chunk.length);
    } catch (error) {
      stream.destroy(error as Error);
    }
  });
}

/** Of the library, and not in its types. */
interface MysqlInternals {
  stream: Duplex;
  handlePacket(packet: unknown): void;
}

function greeted(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

function run(connection: Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.query(sql, (error) => (error ? reject(error) : resolve()));
  });
}

/** Prepared and executed: the protocol takes one statement, and values apart from it. */
function execute({ body, config }: DatabaseCall, connection: Connection): Promise<DatabaseOutput> {
  const { readOnly, maxRows } = config;
  const values = Array.isArray(body.parameters) ? body.parameters.map(mysqlParameter) : [];
  const { promise, resolve, reject } = Promise.withResolvers<DatabaseOutput>();
  const rows: JsonValue[] = [];
  let read: ReturnType<typeof rowReader<JsonValue>> | null = null;
  let affected = 0;
  let insertId: JsonValue = null;
  let more = false;
  const finish = () => {
    const shown = insertId !== null && rows.length === 0 ? [{ insertId }] : rows;
    resolve({ rows: shown, rowCount: readOnly || affected === 0 ? rows.length : affected, truncated: more });
  };
  connection.on('error', reject);
  const command = connection.execute({ sql: String(body.statement), values: values as never[] });
  command.on('error', reject);
  command.on('fields', (fields: { name: string }[] | undefined, result = 0) => {
    // A procedure may return several results: the first one counts.
    if (fields && result === 0)
      read = rowReader<JsonValue>(
        fields.map(({ name }) => name),
        (value) => value,
      );
  });
  command.on('result', (row: JsonValue[] | ResultHeader, result = 0) => {
    if (!Array.isArray(row)) {
      affected += row.affectedRows;
      if (row.insertId) insertId = row.insertId;
      return;
    }
    if (result > 0 || !read) return;
    if (rows.length < maxRows) return void rows.push(read(row));
    more = true;
    // The rest is not read; the connection ends.
    if (readOnly) finish();
  });
  command.on('end', finish);
  return promise;
}

interface ResultHeader {
  affectedRows: number;
  insertId: number;
}

/** Stops the statement, on a connection of its own. The server stops it after the timeout anyway. */
async function kill(call: DatabaseCall, thread: number): Promise<void> {
  const signal = AbortSignal.timeout(3000);
  try {
    const connection = await connect(call, signal);
    const killed = async () => {
      await greeted(connection);
      await run(connection, `KILL QUERY ${thread}`);
    };
    await untilAborted(killed(), signal).finally(() => connection.destroy());
  } catch {
    // It ends by its own timeout.
  }
}

function asFailure(call: DatabaseCall, error: unknown): DatabaseFailure {
  const { address, effect, config } = call;
  if (error instanceof DatabaseFailure) return error;
  const said = error as Partial<QueryError> & { sqlState?: string };
  if (typeof said?.sqlState === 'string' && typeof said.errno === 'number') {
    const sent = config.readOnly ? 'responded' : effect.sent === 'before' ? 'before' : 'responded';
    return sqlFailure(address.host, { state: stateOf(said.sqlState, said.errno), raw: rawOf(said) }, sent);
  }
  if (said?.code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return new DatabaseFailure({
      code: 'provider_error',
      message: `${address.hostPort} does not offer TLS. Nothing was sent. Use TLS there, or switch it off for this database`,
      sent: 'before',
      transient: false,
    });
  const undone = effect.sent === 'before' && !config.readOnly ? '. Nothing was written' : '';
  return new DatabaseFailure(
    {
      code: 'provider_error',
      message: `The connection to ${address.host} was lost${undone}`,
      sent: effect.sent,
      transient: true,
    },
    error,
  );
}

/** Some errors have a state of their own elsewhere, and HY000 or 42000 here. */
const states: Record<number, string> = {
  1044: '42501',
  1142: '42501',
  1143: '42501',
  1227: '42501',
  1064: '42601',
  1205: '55P03',
  1317: '70100',
  1792: '25006',
  1969: '70100',
  3024: '70100',
  1040: '08004',
  1203: '08004',
};

const stateOf = (state: string, errno: number): string => states[errno] ?? state;

function rawOf({
  message = '',
  code = '',
  errno = 0,
  sqlState = '',
}: Partial<QueryError> & { sqlState?: string }): JsonObject {
  return { message: String(message), code: String(code), errno, sqlState };
}
