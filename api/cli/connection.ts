import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { createInterlockClient, type InterlockClient } from '../../shared/client/interlock-client.ts';
import { cliName } from '../../shared/identity/cli-name.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import type { Terminal } from './terminal.ts';

/** Which API is called, and with which key. */
export interface Connection {
  url: string;
  apiKey: string;
}

const connectionSchema = z.object({ url: z.string(), apiKey: z.string() });

type Environment = Terminal['streams']['env'];

/** Where `login` stores the connection: in the folder of this user's settings. */
export function connectionFile({ APPDATA, XDG_CONFIG_HOME }: Environment): string {
  const folder = XDG_CONFIG_HOME || (process.platform === 'win32' && APPDATA) || join(homedir(), '.config');
  return join(folder, 'interlock', 'connection.json');
}

/** Readable by this user alone, whole or not at all. */
export async function storeConnection(env: Environment, connection: Connection): Promise<string> {
  const file = connectionFile(env);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
  return file;
}

/** Of the environment, else of `login`. @throws when there is none */
export async function readConnection(env: Environment): Promise<Connection> {
  const { INTERLOCK_URL, INTERLOCK_API_KEY } = env;
  if (INTERLOCK_URL && INTERLOCK_API_KEY) return { url: INTERLOCK_URL, apiKey: INTERLOCK_API_KEY };
  const text = await readFile(connectionFile(env), 'utf8').catch(() => null);
  const stored = text === null ? null : (connectionSchema.safeParse(JSON.parse(text)).data ?? null);
  const url = INTERLOCK_URL || stored?.url;
  // A stored key goes to the address it was stored with, and to no other.
  const apiKey = INTERLOCK_API_KEY || (url === stored?.url ? stored?.apiKey : undefined);
  if (url && apiKey) return { url, apiKey };
  throw new Error(
    'Nobody has signed in here. Run `interlock login URL`, or set INTERLOCK_URL and INTERLOCK_API_KEY.',
  );
}

/** Numbers keep their digits. */
export const clientOf = (connection: Connection): InterlockClient =>
  createInterlockClient({
    ...connection,
    json: { parse: readJson, stringify: JSON.stringify },
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('user-agent', cliName);
      return fetch(url, { ...init, headers });
    },
  });

export const connect = async ({ streams }: Terminal): Promise<InterlockClient> =>
  clientOf(await readConnection(streams.env));
