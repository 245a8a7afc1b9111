import type { Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';
import { DatabaseFailure, LoginRefused } from './database-failure.ts';
import { scramClient } from './mongo-scram.ts';

/**
 * Commands of MongoDB over one connection (OP_MSG), one at a time. The official driver opens connections itself, to hosts
 * that the server names: none of them would go through the egress guard.
 */
export interface MongoClient {
  /** @returns the response, `ok` or not */
  command(database: string, command: Document): Promise<Document>;
}

const opMsg = 2013;
const headerBytes = 16;

/** @param count takes the length of what the server sends; throws when there was too much */
export function mongoClient(socket: Socket, count: (bytes: number) => void): MongoClient {
  let requestId = 0;
  const chunks: Buffer[] = [];
  let buffered = 0;
  let waiting: PromiseWithResolvers<Document> | null = null;
  let broken: Error | null = null;
  const fail = (error: Error) => {
    broken ??= error;
    waiting?.reject(broken);
    waiting = null;
    socket.destroy();
  };
  const take = (chunk: Buffer) => {
    count(chunk.length);
    chunks.push(chunk);
    buffered += chunk.length;
    if (buffered < headerBytes) return;
    const head = chunks[0]!.length < 4 ? Buffer.concat(chunks) : chunks[0]!;
    const length = head.readInt32LE(0);
    if (length < headerBytes + 10) throw new Error('The response is not one of MongoDB');
    if (buffered < length) return;
    const message = Buffer.concat(chunks);
    chunks.splice(0, chunks.length, message.subarray(length));
    buffered -= length;
    const reply = readReply(message.subarray(0, length));
    waiting?.resolve(reply);
    waiting = null;
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      fail(error instanceof Error ? error : new Error('The response cannot be read'));
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The connection was closed')));
  return {
    command(database, command) {
      if (broken) return Promise.reject(broken);
      waiting = Promise.withResolvers();
      requestId += 1;
      socket.write(writeMessage(requestId, { ...command, $db: database }));
      return waiting.promise;
    },
  };
}

function writeMessage(requestId: number, command: Document): Buffer {
  const document = serialize(command, { ignoreUndefined: true });
  const head = Buffer.alloc(headerBytes + 5);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, document]);
}

function readReply(message: Buffer): Document {
  const section = message[headerBytes + 4];
  if (message.readInt32LE(12) !== opMsg || section !== 0)
    throw new Error('The response is not one of MongoDB');
  const begin = headerBytes + 5;
  const size = message.readInt32LE(begin);
  return deserialize(message.subarray(begin, begin + size), {
    useBigInt64: true,
    promoteBuffers: false,
    promoteValues: true,
    bsonRegExp: true,
  });
}

/** Signs in with SCRAM-SHA-256. @throws LoginRefused, DatabaseFailure */
export async function signIn(
  client: MongoClient,
  { user, password, source, host }: { user: string; password: string; source: string; host: string },
): Promise<void> {
  const scram = scramClient(user, password);
  const say = async (command: Document): Promise<{ text: string; conversationId: unknown }> => {
    const reply = await client.command(source, command);
    if (Number(reply.ok) !== 1)
      throw new LoginRefused(host, { message: String(reply.errmsg ?? ''), code: Number(reply.code ?? 0) });
    return { text: textOf(reply.payload), conversationId: reply.conversationId };
  };
  const begun = await say({
    saslStart: 1,
    mechanism: 'SCRAM-SHA-256',
    payload: Buffer.from(scram.first),
    options: { skipEmptyExchange: true },
  });
  const { conversationId } = begun;
  const final = await scram.final(begun.text).catch((error: Error) => {
    throw notTheServer(host, error);
  });
  const ended = await say({ saslContinue: 1, conversationId, payload: Buffer.from(final) });
  if (!scram.verify(ended.text)) throw notTheServer(host, new Error('The signature of the server is wrong'));
}

function notTheServer(host: string, cause: Error): DatabaseFailure {
  return new DatabaseFailure(
    {
      code: 'provider_error',
      message: `${host} could not show that it knows the password. Nothing was run`,
      sent: 'before',
      transient: false,
    },
    cause,
  );
}

function textOf(payload: unknown): string {
  const bytes =
    payload !== null && typeof payload === 'object' && 'buffer' in payload ? payload.buffer : payload;
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : '';
}
