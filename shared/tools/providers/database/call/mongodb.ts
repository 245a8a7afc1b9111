import type { Socket } from 'node:net';
import type { Document } from 'bson';
import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { untilAborted } from '../../../../platform/server/until-aborted.ts';
import { type MongoOperation, mongoOperation, mongoOperations } from '../mongo-operation.ts';
import { byteCount, needsTls, openConnection, withTls } from './connection.ts';
import type { DatabaseCall, DatabaseOutput } from './database-call.ts';
import { DatabaseFailure } from './database-failure.ts';
import { type MongoClient, mongoClient, signIn } from './mongo-client.ts';
import { fromBson, toBson } from './mongo-values.ts';

/** Runs one operation. One that writes has its effect when it is sent: it is one command, without a transaction. */
export async function runMongo(call: DatabaseCall): Promise<DatabaseOutput> {
  const { context, address, login, effect } = call;
  const operation = mongoOperation(call.body);
  if (!operation) throw new Error('The operation of a tool must be checked before it is called');
  const plain = await openConnection(call, context.signal);
  const socket: Socket = needsTls(call) ? await withTls(call, plain, context.signal) : plain;
  const work = async () => {
    const client = mongoClient(socket, byteCount(call));
    if (login)
      await signIn(client, { ...login, source: address.authSource ?? address.database, host: address.host });
    effect.begin();
    return mongoOperations[operation.name].reads
      ? read(call, client, operation)
      : write(call, client, operation);
  };
  try {
    return await untilAborted(work(), context.signal);
  } catch (error) {
    if (error instanceof DatabaseFailure) throw error;
    const aborted = context.signal.aborted;
    throw new DatabaseFailure(
      {
        code: aborted ? 'timeout' : 'provider_error',
        message: aborted
          ? `No response from ${address.host} in time`
          : `The connection to ${address.host} was lost`,
        sent: effect.sent,
        transient: true,
      },
      error,
    );
  } finally {
    // A server stops the operation of a client that is gone.
    socket.destroy();
  }
}

/** Rows are fetched in batches, up to one more than are shown. */
async function read(
  call: DatabaseCall,
  client: MongoClient,
  operation: MongoOperation,
): Promise<DatabaseOutput> {
  const { config, address } = call;
  const { maxRows } = config;
  const send = (command: Document) => answered(call, client, command);
  const { collection, name, value } = operation;
  const options = toBson(operation.options) as Document;
  const maxTimeMS = call.timeoutMs;
  if (name === 'distinct') {
    const { filter: query, ...rest } = options;
    const reply = await send({ distinct: collection, key: value, query, ...rest, maxTimeMS });
    const values = Array.isArray(reply.values) ? reply.values : [];
    const rows = values.slice(0, maxRows).map((each) => ({ [String(value)]: fromBson(each) }));
    return { rows, rowCount: rows.length, truncated: values.length > maxRows };
  }
  const batchSize = Math.min(maxRows + 1, 1000);
  let reply = await send(
    name === 'find'
      ? { find: collection, filter: toBson(value), ...options, batchSize, maxTimeMS }
      : { aggregate: collection, ...pipelineOf(operation, options), cursor: { batchSize }, maxTimeMS },
  );
  const rows: JsonValue[] = [];
  for (;;) {
    const cursor = cursorOf(reply);
    for (const document of cursor.batch) rows.push(fromBson(document));
    if (cursor.id === 0n) break;
    if (rows.length > maxRows) {
      await client.command(address.database, { killCursors: collection, cursors: [cursor.id] });
      break;
    }
    reply = await send({ getMore: cursor.id, collection, batchSize });
  }
  const shown = rows.slice(0, maxRows);
  return { rows: shown, rowCount: shown.length, truncated: rows.length > maxRows };
}

function pipelineOf({ name, value }: MongoOperation, options: Document): Document {
  if (name === 'aggregate') return { pipeline: toBson(value), ...options };
  const { limit, skip, ...rest } = options;
  const pipeline: unknown[] = [{ $match: toBson(value) }];
  if (skip !== undefined) pipeline.push({ $skip: skip });
  if (limit !== undefined) pipeline.push({ $limit: limit });
  pipeline.push({ $group: { _id: null, count: { $sum: 1 } } }, { $project: { _id: 0 } });
  return { pipeline, ...rest };
}

function cursorOf(reply: Document): { id: bigint; batch: unknown[] } {
  const cursor: Document = reply.cursor ?? {};
  const batch: unknown = cursor.firstBatch ?? cursor.nextBatch;
  return { id: BigInt(cursor.id ?? 0), batch: Array.isArray(batch) ? batch : [] };
}

async function write(
  call: DatabaseCall,
  client: MongoClient,
  operation: MongoOperation,
): Promise<DatabaseOutput> {
  const reply = await answered(call, client, {
    ...writeCommand(operation),
    writeConcern: { w: 'majority' },
    maxTimeMS: call.timeoutMs,
  });
  const errors: Document[] = Array.isArray(reply.writeErrors) ? reply.writeErrors : [];
  const written = Number(reply.n ?? 0);
  const [first] = errors;
  if (first) {
    // Documents are inserted in order, up to the first that is refused.
    const before = operation.name === 'insertMany' ? Number(first.index ?? 0) : 0;
    throw refused(call, first, effectOf(operation.name, before), before);
  }
  if (reply.writeConcernError) throw refused(call, reply.writeConcernError as Document, 'unknown', written);
  return { rows: [], rowCount: written, truncated: false };
}

/** What a refused write leaves: one of several documents may stop halfway. */
function effectOf(name: MongoOperation['name'], inserted: number): 'before' | 'unknown' | 'responded' {
  if (name === 'updateMany' || name === 'deleteMany') return 'unknown';
  return inserted > 0 ? 'responded' : 'before';
}

function writeCommand({ collection, name, value, options }: MongoOperation): Document {
  const { update, replacement, upsert, collation } = toBson(options) as Document;
  const target = toBson(value);
  switch (name) {
    case 'insertOne':
      return { insert: collection, documents: [target] };
    case 'insertMany':
      return { insert: collection, documents: target };
    case 'deleteOne':
    case 'deleteMany':
      return { delete: collection, deletes: [{ q: target, limit: name === 'deleteOne' ? 1 : 0, collation }] };
    default:
      return {
        update: collection,
        updates: [{ q: target, u: update ?? replacement, upsert, collation, multi: name === 'updateMany' }],
      };
  }
}

/** @throws DatabaseFailure when the server refuses it */
async function answered(call: DatabaseCall, client: MongoClient, command: Document): Promise<Document> {
  const reply = await client.command(call.address.database, command);
  if (Number(reply.ok) === 1) return reply;
  const unclear = !call.config.readOnly && stopped.has(Number(reply.code));
  throw refused(call, reply, call.config.readOnly ? 'responded' : unclear ? 'unknown' : 'before', 0);
}

/** The operation was stopped: some of what it writes may be written. */
const stopped = new Set([50, 91, 189, 262, 11_600, 11_601, 11_602]);
const later = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

const words: Record<number, string> = {
  2: 'The operation is not valid',
  9: 'The operation is not valid',
  13: 'The user of the database may not do this',
  14: 'A value has a type that does not fit its place',
  50: 'The database stopped it after the timeout',
  112: 'It was in conflict with another write',
  121: 'A rule of the collection does not allow the document',
  10107: 'This server takes no writes: it is not the primary one',
  11000: 'A unique index does not allow the values',
};

function refused(
  { address }: DatabaseCall,
  { code, codeName, errmsg }: Document,
  sent: 'before' | 'unknown' | 'responded',
  written: number,
): DatabaseFailure {
  const number = Number(code ?? 0);
  const raw: JsonObject = { message: String(errmsg ?? ''), code: number };
  if (codeName !== undefined) raw.codeName = String(codeName);
  const some = written > 0 ? ` Documents written before that: ${written}.` : '';
  return new DatabaseFailure({
    code: number === 50 ? 'timeout' : 'provider_error',
    message: `${address.host} did not run the operation. ${words[number] ?? 'The database returned an error'} (${number}).${some}`,
    sent,
    transient: later.has(number),
    raw,
  });
}
