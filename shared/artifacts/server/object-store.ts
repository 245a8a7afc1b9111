import type { Readable } from 'node:stream';

/** Where the bytes of files are when they are not in PostgreSQL. An object is written once, and never changed. */
export interface ObjectStore {
  /** @throws ObjectStoreError */
  write(object: ObjectName, content: Buffer, digest: Buffer): Promise<void>;
  /** Null when it is not there. What it yields is not checked. @throws ObjectStoreError */
  read(object: ObjectName, signal?: AbortSignal): Promise<Readable | null>;
  /** Also when it is not there. @throws ObjectStoreError */
  remove(object: ObjectName): Promise<void>;
  close(): Promise<void>;
}

export interface ObjectName {
  tenantId: string;
  object: string;
}

/** The storage is unreachable, or refuses. Its message is for people who operate Interlock. */
export class ObjectStoreError extends Error {}
