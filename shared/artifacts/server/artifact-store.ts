import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../identity/roles.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Artifact, type ArtifactReference, maxArtifactBytes } from '../artifact-schemas.ts';
import {
  type ArtifactRow,
  type ContentPlace,
  claimObject,
  insertArtifact,
  insertContent,
  lockArtifacts,
  markUsed,
  readArtifact,
  readContent,
  readStored,
} from '../db/artifacts.ts';
import { createFileContents, type FileContents, readAll, unavailable } from './file-contents.ts';
import { ObjectStoreError } from './object-store.ts';

/** A file that is to be stored. */
export interface ArtifactFile {
  name: string;
  contentType: string;
  content: Buffer;
}

export interface PutOptions {
  actor: Actor;
  /** Keeps the file as long as its payloads. */
  executionId?: string;
  /** Runs in the same transaction when the file was not stored before. */
  onNew?: (connection: TenantConnection, artifact: Artifact) => Promise<void>;
}

/** Where files are. `get` reads the row alone; without the storage of files, the others throw `unavailable`. The bytes of one tenant are stored once, under their SHA-256. */
export interface ArtifactStore {
  /**
   * The same bytes under the same name and type are the same artifact.
   * @throws InterlockError `payload_too_large` when it, or all files of the tenant, would be too large; `unavailable`
   */
  put(tenantId: string, file: ArtifactFile, options: PutOptions): Promise<Artifact>;
  /** Null when the tenant has none of this id. */
  get(tenantId: string, id: string): Promise<Artifact | null>;
  /** @param executionId sends the file, and keeps it as long as its payloads */
  read(
    tenantId: string,
    id: string,
    executionId?: string,
  ): Promise<{ artifact: Artifact; content: Buffer } | null>;
  /** As `read`, in parts: an error comes instead of the last one where they are not what was stored. */
  open(tenantId: string, id: string): Promise<{ artifact: Artifact; content: Readable } | null>;
}

const defaultTenantBytes = 1_073_741_824;

/** @param tenantBytes what the files of one tenant may take */
export function createArtifactStore(
  db: Database,
  tenantBytes = defaultTenantBytes,
  contents: FileContents = createFileContents(db, null, undefined),
): ArtifactStore {
  return {
    async put(tenantId, { name, contentType, content }, { actor, executionId, onNew }) {
      const bytes = content.length;
      if (bytes > maxArtifactBytes)
        throw new InterlockError(
          'payload_too_large',
          `A file has at most ${maxArtifactBytes} bytes; this one has ${bytes}. It was not stored.`,
        );
      const digest = createHash('sha256').update(content).digest();
      const admit = async (connection: TenantConnection): Promise<{ known: boolean }> => {
        const { total, known } = await readStored(connection, digest);
        if (!known && total + bytes > tenantBytes) throw full(tenantBytes);
        return { known };
      };
      /** Null: its bytes have to be stored first. */
      const write = (place: ContentPlace | null) =>
        db.tenantTransaction(tenantId, async (connection) => {
          await lockArtifacts(connection, tenantId);
          const { known } = await admit(connection);
          if (!known) {
            if (!place) return null;
            if (place.object !== null && !(await claimObject(connection, tenantId, place.object)))
              throw new InterlockError('unavailable', 'Storing the file took too long. Nothing was stored.');
            await insertContent(connection, digest, bytes, place);
          }
          const id = uuidv7();
          const row = await insertArtifact(
            connection,
            { id, digest, name, content_type: contentType, bytes },
            actor,
          );
          const stored = artifactOf(row);
          if (executionId !== undefined) await markUsed(connection, row.id, executionId);
          if (row.id === id) await onNew?.(connection, stored);
          return stored;
        });
      const known = await write(null);
      // What a call has returned cannot be had again.
      return (
        known ?? (await write(await contents.write(tenantId, content, digest, executionId !== undefined)))!
      );
    },
    async get(tenantId, id) {
      if (!isUuid(id)) return null;
      const row = await db.tenant(tenantId, (connection) => readArtifact(connection, id));
      return row && artifactOf(row);
    },
    async read(tenantId, id, executionId) {
      const found = await open(tenantId, id, executionId);
      return found && { ...found, content: await readAll(found.content) };
    },
    open,
  };

  async function open(
    tenantId: string,
    id: string,
    executionId?: string,
  ): Promise<{ artifact: Artifact; content: Readable } | null> {
    if (!isUuid(id)) return null;
    let before: string | null = null;
    for (;;) {
      const found = await db.tenant(tenantId, async (connection) => {
        const row = await readArtifact(connection, id);
        if (!row) return null;
        if (executionId !== undefined) await markUsed(connection, id, executionId);
        const place = await readContent(connection, row.digest);
        return place && { row, place };
      });
      if (!found) return null;
      const { row, place } = found;
      const content = await contents.open(tenantId, place, row.digest);
      if (content) return { artifact: artifactOf(row), content };
      // Between the two it may have been moved. The same one twice: it is lost.
      if (place.object === before)
        throw unavailable(new ObjectStoreError(), 'The file is missing there: ask who operates Interlock.');
      before = place.object;
    }
  }
}

function full(tenantBytes: number): InterlockError {
  const megabytes = Math.floor(tenantBytes / 1_048_576);
  return new InterlockError(
    'payload_too_large',
    `The files of this organization would take more than ${megabytes} MB. It was not stored. Files go with the payloads of the executions that use them: shorten that time in the settings, or ask who operates Interlock for more room.`,
  );
}

function artifactOf(row: ArtifactRow): Artifact {
  const { id, name, content_type: contentType, bytes } = row;
  const sha256 = row.digest.toString('hex');
  const reference: ArtifactReference = { artifact: id, name, contentType, bytes, sha256 };
  return {
    id,
    name,
    contentType,
    bytes,
    sha256,
    createdBy: { type: row.created_by_type, id: row.created_by_id, name: row.created_by_name },
    createdAt: row.created_at.toISOString(),
    reference,
  };
}
