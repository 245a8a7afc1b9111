import { createHash, randomUUID } from 'node:crypto';
import { findIdempotencyKey } from '../../shared/executions/db/executions-insert.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import type { KnownContext } from './mcp-request.ts';

/** A session is a name that its client repeats. Nothing is stored, so every process knows all of them. */
export const newSession = (): string => randomUUID();

/** The session that a request names, if it has the form of one. */
export const sessionOf = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header) ? header : null;

/**
 * The Idempotency-Key of a call. An id is used once in a session, so the same call, sent again, is one execution, and
 * whoever cancels it is understood by every process.
 */
export function callKey({ identity }: KnownContext, session: string | null, requestId: unknown): string {
  const parts = session === null ? [randomUUID()] : [identity.actor.id, session, requestId];
  return `mcp-${createHash('sha256').update(writeJson(parts)).digest('hex')}`;
}

/** The execution of a call; null until it is written. */
export async function executionOf({ services, identity }: KnownContext, key: string): Promise<string | null> {
  const entry = await services.db.tenant(identity.tenantId, (connection) =>
    findIdempotencyKey(connection, key),
  );
  return entry?.execution_id ?? null;
}
