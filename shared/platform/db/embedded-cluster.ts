import type { Database } from './database.ts';

/**
 * The `cluster_name` of the server that `npm start` and the tests run. It is an argument of the server's start: no
 * connection can set it, and no dump or restore carries it to another server.
 */
export const embeddedClusterName = 'interlock_embedded';

/** Is the database on that server? */
export async function isEmbedded(db: Database): Promise<boolean> {
  const [row] = await db.system((connection) =>
    connection.query<{ cluster_name: string }>({ text: 'SHOW cluster_name' }),
  );
  return row?.cluster_name === embeddedClusterName;
}
