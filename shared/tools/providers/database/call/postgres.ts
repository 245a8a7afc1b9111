import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import { untilAborted } from '../../../../platform/server/until-aborted.ts';
import { byteCount, guardedReads, needsTls, openConnection, withTls } from './connection.ts';
import type { DatabaseCall, DatabaseOutput } from './database-call.ts';
import { DatabaseFailure } from './database-failure.ts';
import { noResponse } from './no-response.ts';
import { checkFrames } from './postgres-frames.ts';
import { CopyRefused, PostgresQuery } from './postgres-query.ts';
import { postgresText, postgresValue } from './postgres-values.ts';
import { rowReader } from './read-values.ts';
import { sqlFailure } from './sql-state.ts';

/**
 * Runs one statement in one transaction, which the server holds to reading where the tool is read-only. A transaction that
 * writes has its effect with COMMIT, and none without it.
 */
export async function runPostgres(call: DatabaseCall): Promise<DatabaseOutput> {
  const { context, effect } = call;
  const socket = await openSecured(call, context.signal);
  const client = clientOn(call, socket);
  let stopped = false;
  try {
    return await untilAborted(transact(call, client), context.signal);
  } catch (error) {
    stopped = context.signal.aborted;
    throw stopped ? noResponse(call) : asFailure(call, error);
  } finally {
    if (stopped && (call.config.readOnly || effect.sent === 'before')) void cancel(call, client);
    // Without COMMIT the server undoes what was done.
    if (stopped) socket.destroy();
    else void client.end().catch(() => {});
  }
}

async function transact(call: DatabaseCall, client: pg.Client): Promise<DatabaseOutput> {
  const { config, effect, body, timeoutMs } = call;
  const { readOnly, maxRows } = config;
  await client.connect();
  effect.check();
  await client.query(
    [
      `BEGIN ${readOnly ? 'READ ONLY' : 'READ WRITE'}`,
      `SET LOCAL statement_timeout = ${timeoutMs}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs + 60_000}`,
      'SET LOCAL datestyle = ISO',
      'SET LOCAL intervalstyle = iso_8601',
      'SET LOCAL bytea_output = hex',
      // After its first query, a transaction that reads cannot become one that writes.
      'SELECT 1',
    ].join(';'),
  );
  if (readOnly) effect.begin();
  else effect.check();
  const values = Array.isArray(body.parameters) ? body.parameters.map(postgresText) : [];
  const query = new PostgresQuery(String(body.statement), values, {
    maxRows: maxRows + 1,
    toTheEnd: !readOnly,
  });
  const { fields, rows, affected } = await client.query(query).result;
  const read = rowReader<string | null>(
    fields.map(({ name }) => name),
    (text, column) => postgresValue(fields[column]!.type, text),
  );
  const truncated = rows.length > maxRows;
  const shown = rows.slice(0, maxRows).map(read);
  if (!readOnly) {
    effect.begin();
    await client.query('COMMIT');
  }
  return { rows: shown, rowCount: readOnly ? shown.length : affected, truncated };
}

/** Nothing of it comes from the environment of this process. */
function clientOn(call: DatabaseCall, socket: Socket): pg.Client {
  const { address, login } = call;
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: login?.user ?? '',
    password: login?.password ?? '',
    application_name: 'interlock',
    // TLS is there already.
    ssl: false,
    keepAlive: false,
    stream: () => connected(guardedReads(socket, byteCount(call), checkFrames())),
  });
  // A connection that breaks fails the query that waits.
  client.on('error', () => {});
  return client;
}

/** The library connects the stream that it is given; this one is connected. */
function connected(socket: Socket): Socket {
  return Object.assign(socket, {
    connect: () => {
      process.nextTick(() => socket.emit('connect'));
      return socket;
    },
  });
}

/** @throws EgressError, DatabaseFailure */
async function openSecured(call: DatabaseCall, signal: AbortSignal): Promise<Socket> {
  const socket = await openConnection(call, signal);
  if (!needsTls(call)) return socket;
  const answer = Promise.withResolvers<Buffer | null>();
  socket.once('data', answer.resolve);
  socket.once('error', () => answer.resolve(null)).once('close', () => answer.resolve(null));
  socket.write(sslRequest);
  const said = await untilAborted(answer.promise, signal).catch(() => null);
  // More than the one byte would be from someone in between.
  if (said?.length === 1 && said[0] === 0x53) return withTls(call, socket, signal);
  socket.destroy();
  if (signal.aborted) throw noResponse(call);
  throw new DatabaseFailure({
    code: 'provider_error',
    message: `${call.address.hostPort} does not offer TLS. Nothing was sent. Use TLS there, or switch it off for this database`,
    sent: 'before',
    transient: false,
  });
}

const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Asks the server to stop the statement, on a connection of its own. The server stops it after the timeout anyway. */
async function cancel(call: DatabaseCall, client: pg.Client): Promise<void> {
  const { processID, secretKey } = client as pg.Client & { processID?: number; secretKey?: number };
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return;
  try {
    const socket = await openSecured(call, AbortSignal.timeout(cancelMs));
    socket.on('error', () => {});
    const request = Buffer.alloc(16);
    request.writeInt32BE(16, 0);
    request.writeInt32BE(80_877_102, 4);
    request.writeInt32BE(processID, 8);
    request.writeInt32BE(secretKey, 12);
    socket.end(request);
    await sleep(cancelMs, null, { ref: false });
    socket.destroy();
  } catch {
    // It ends by its own timeout.
  }
}

const cancelMs = 3000;

function asFailure(call: DatabaseCall, error: unknown): DatabaseFailure {
  const { address, effect, config } = call;
  if (error instanceof DatabaseFailure) return error;
  if (error instanceof CopyRefused) {
    return new DatabaseFailure({
      code: 'provider_error',
      message: `COPY to or from the client is not possible in a tool. Nothing was written`,
      sent: effect.sent === 'before' ? 'before' : 'responded',
      transient: false,
    });
  }
  const said = isObject(error) ? error : {};
  const { code, severity } = said;
  if (typeof code !== 'string' || !/^[\dA-Z]{5}$/.test(code) || typeof severity !== 'string') {
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
  const committing = !config.readOnly && effect.sent !== 'before';
  // A server that ends while it commits may have done it.
  if (committing && severity !== 'ERROR')
    return sqlFailure(address.host, { state: code, raw: rawOf(said) }, 'unknown');
  return sqlFailure(
    address.host,
    { state: code, raw: rawOf(said) },
    config.readOnly ? 'responded' : 'before',
  );
}

function rawOf(said: Record<string, unknown>): JsonObject {
  const kept = ['message', 'detail', 'hint', 'code', 'position', 'constraint', 'table', 'column'];
  return Object.fromEntries(
    kept.flatMap((key): [string, JsonValue][] => (typeof said[key] === 'string' ? [[key, said[key]]] : [])),
  );
}
