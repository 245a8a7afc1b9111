import type { SystemConnection } from '../../platform/db/database.ts';

/** The value that was refused or accepted; another one has taken its place otherwise. */
interface OfVersion {
  id: string;
  ownerId: string | null;
  version: number;
}

const ofVersion = 'id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND current_version = $3';

/** Calls with the current value are refused. @returns null when that was known, or it is not the current one */
export async function noteRefused(
  connection: SystemConnection,
  { id, ownerId, version }: OfVersion,
  httpStatus: number | null,
): Promise<{ name: string } | null> {
  const [row] = await connection.query<{ name: string }>({
    name: 'credential_refused',
    text: `UPDATE credential SET refused_since = now(), refused_http_status = $4
      WHERE ${ofVersion} AND refused_since IS NULL RETURNING name`,
    values: [id, ownerId, version, httpStatus],
  });
  return row ?? null;
}

/** A call with the current value was accepted. @returns null when no earlier one was refused */
export async function noteAccepted(
  connection: SystemConnection,
  { id, ownerId, version }: OfVersion,
): Promise<{ name: string } | null> {
  const [row] = await connection.query<{ name: string }>({
    name: 'credential_accepted',
    text: `UPDATE credential SET refused_since = NULL, refused_http_status = NULL
      WHERE ${ofVersion} AND refused_since IS NOT NULL RETURNING name`,
    values: [id, ownerId, version],
  });
  return row ?? null;
}
