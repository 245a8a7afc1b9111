import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import {
  type ContentPlace,
  claimObject,
  lockArtifacts,
  moveContent,
  nextToMove,
  noteObjects,
  removeObjectNote,
  takeDueObject,
} from '../db/artifacts.ts';
import { type ObjectStore, ObjectStoreError } from './object-store.ts';

/** A file is written within this time after its object, or the object is removed. */
const unnamedMs = 3_600_000;
const noTenant = '00000000-0000-0000-0000-000000000000';

/**
 * The bytes of files: in PostgreSQL, or in `objects`. A row is written once its object is there, and every object is named by a
 * row, or by a note that says when it is removed. So whatever is interrupted, no row is without its bytes, and no object stays.
 */
export interface FileContents {
  /**
   * Brings the bytes to where new files are; the transaction that inserts the row calls `claim`.
   * @param keep they cannot be had again: while the storage of files is unavailable, PostgreSQL takes them
   * @throws InterlockError `unavailable`
   */
  write(tenantId: string, content: Buffer, digest: Buffer, keep: boolean): Promise<ContentPlace>;
  /** Checked while it is read: it ends with an error instead of its last part. Null: the object is not there. */
  open(tenantId: string, place: ContentPlace, digest: Buffer): Promise<Readable | null>;
  /** Removes the objects that no file names. */
  sweep(now: Date, signal?: AbortSignal): Promise<void>;
  /**
   * Brings the files of every tenant to PostgreSQL or to the objects. Interrupted, it goes on with the next call.
   * @returns how many, and how many objects were not there
   */
  move(to: 'database' | 'objects', signal?: AbortSignal): Promise<{ moved: number; missing: number }>;
}

type Placed = { tenantId: string; digest: Buffer; place: ContentPlace };

export function createFileContents(
  db: Database,
  objects: ObjectStore | null,
  log: Pick<Logger, 'warn'> | undefined,
): FileContents {
  async function writeObject(tenantId: string, content: Buffer, digest: Buffer): Promise<ContentPlace> {
    const object = uuidv7();
    const dueAt = new Date(Date.now() + unnamedMs);
    await db.tenant(tenantId, (connection) => noteObjects(connection, tenantId, [object], dueAt));
    await objects!.write({ tenantId, object }, content, digest);
    return { content: null, object };
  }

  const contents: FileContents = {
    async write(tenantId, content, digest, keep) {
      if (!objects) return { content, object: null };
      try {
        return await writeObject(tenantId, content, digest);
      } catch (error) {
        const refused = unavailable(error, 'Nothing was stored.');
        log?.warn(
          { reason: (error as Error).message },
          'a file could not be written to the storage of files',
        );
        if (keep) return { content, object: null };
        throw refused;
      }
    },
    async open(tenantId, { content, object }, digest) {
      if (object === null) return Readable.from([content]);
      try {
        if (!objects)
          throw new ObjectStoreError('a file is in a bucket, and INTERLOCK_FILES_BUCKET is not set');
        const stream = await objects.read({ tenantId, object });
        return stream && Readable.from(checked(stream, digest));
      } catch (error) {
        const refused = unavailable(error, 'It is still stored: try again later.');
        log?.warn({ reason: (error as Error).message }, 'a file could not be read from the storage of files');
        throw refused;
      }
    },
    async sweep(now, signal) {
      if (!objects) return;
      while (!signal?.aborted) {
        const due = await db.system((connection) => takeDueObject(connection, now));
        if (!due) return;
        // In no transaction: an open one holds back every reader of the log.
        await objects.remove(due);
        await db.system((connection) => removeObjectNote(connection, due.object));
      }
    },
    async move(to, signal) {
      const count = { moved: 0, missing: 0 };
      let after: { tenantId: string; digest: Buffer } = { tenantId: noTenant, digest: Buffer.alloc(0) };
      for (;;) {
        if (signal?.aborted) return count;
        const next = await db.system((connection) => nextToMove(connection, to, after));
        if (!next) return count;
        after = next;
        const target = await bringOver(next);
        if (!target) count.missing += 1;
        else if (await moveOne(next, target)) count.moved += 1;
      }
    },
  };

  /** Where the file goes, with its bytes there already. Null: they are missing. */
  async function bringOver({ tenantId, digest, place }: Placed): Promise<ContentPlace | null> {
    if (place.object === null) return contents.write(tenantId, place.content, digest, false);
    const stream = await contents.open(tenantId, place, digest);
    if (stream) return { content: await readAll(stream), object: null };
    log?.warn({ tenantId, object: place.object }, 'an object is missing in the storage of files');
    return null;
  }

  async function moveOne({ tenantId, digest, place }: Placed, target: ContentPlace): Promise<boolean> {
    return db.systemTransaction(async (connection) => {
      await lockArtifacts(connection, tenantId);
      if (target.object !== null && !(await claimObject(connection, tenantId, target.object))) return false;
      const moved = await moveContent(connection, { tenantId, digest }, place.object, target);
      const left = moved ? place.object : target.object;
      if (left !== null) await noteObjects(connection, tenantId, [left], new Date());
      return moved;
    });
  }

  return contents;
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Holds the last part back until the digest is right: whoever reads it never takes something else for the file. */
async function* checked(stream: Readable, digest: Buffer): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  for await (const part of stream) {
    if (held) yield held;
    held = part as Buffer;
    hash.update(held);
  }
  if (!hash.digest().equals(digest))
    throw new InterlockError('unavailable', 'The storage of files gave other bytes than were stored.');
  if (held) yield held;
}

export function unavailable(error: unknown, then: string): InterlockError {
  if (!(error instanceof ObjectStoreError)) throw error;
  return new InterlockError('unavailable', `The storage of files is unavailable. ${then}`);
}
