import type { TenantConnection } from '../db/database.ts';
import type { Issue } from '../pure/error-codes.ts';
import { parseShape } from './check-shape.ts';

/** Everything that keeps a document from being published, each problem at its place; none when it may be. */
export async function checkDocument(_connection: TenantConnection, sent: unknown): Promise<Issue[]> {
  return parseShape(sent).issues;
}
