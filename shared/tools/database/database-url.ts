import type { Issue } from '../../platform/error-codes.ts';
import { checkUrlSecrets } from '../http/literal-secrets.ts';
import { type DatabaseEngine, engineFacts } from './engines.ts';

/** Where a database is. */
export interface DatabaseAddress {
  /** A name or an address, IPv6 without brackets. */
  host: string;
  port: number;
  /** `host:port`, as credentials and egress settings have it: IPv6 in brackets. */
  hostPort: string;
  database: string;
  /** Of MongoDB: the database that knows the user, where it is another one. */
  authSource?: string;
}

/** Reads `postgresql://host:5432/shop`. @returns the problem as a sentence when it is none */
export function readDatabaseUrl(text: string, engine: DatabaseEngine): DatabaseAddress | { problem: string } {
  const { schemes, port: usualPort, label } = engineFacts(engine);
  if (/[\s\\\p{Cc}]/u.test(text))
    return { problem: 'The URL must not contain spaces, backslashes or control characters' };
  if (/[{}]/.test(text)) return { problem: 'The URL must not contain a template' };
  const [, scheme = '', authority = '', path = '', rest = ''] =
    /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(?:\/([^?#]*))?(.*)$/i.exec(text) ?? [];
  if (/^mongodb\+srv$/i.test(scheme))
    return {
      problem: 'A mongodb+srv URL names no host. Write mongodb:// with the host and port of one server',
    };
  if (!schemes.includes(scheme.toLowerCase()))
    return { problem: `A URL of ${label} starts with ${schemes[0]}://, such as ${exampleUrl(engine)}` };
  if (authority.includes('@'))
    return { problem: 'The URL must not contain a user name or password. Put them under auth' };
  const authSource = engine === 'mongodb' ? /^\?authSource=([\w-]{1,63})$/.exec(rest)?.[1] : undefined;
  if (rest !== '' && authSource === undefined)
    return { problem: 'The URL must not have parameters (?…) or a fragment (#…)' };
  if (authority.includes(',')) return { problem: 'The URL must name one host' };
  const written = /:(\d{1,5})$/.exec(authority);
  const port = written ? Number(written[1]) : usualPort;
  const name = written ? authority.slice(0, -written[0].length) : authority;
  // As the egress guard reads it: 0x7f.1 is 127.0.0.1.
  const parsed = name === '' ? null : URL.parse(`http://${name}`);
  if (parsed?.pathname !== '/' || parsed.port !== '' || parsed.username !== '')
    return { problem: 'The URL has no valid host' };
  if (port < 1 || port > 65_535) return { problem: 'The port must be between 1 and 65535' };
  const database = decoded(path);
  if (!database || database.includes('/'))
    return { problem: `The URL must end with the name of the database, as in ${exampleUrl(engine)}` };
  const hostname = parsed.hostname.toLowerCase();
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    hostPort: `${hostname}:${port}`,
    database,
    ...(authSource !== undefined && { authSource }),
  };
}

export const exampleUrl = (engine: DatabaseEngine): string =>
  `${engineFacts(engine).schemes[0]}://db.example.com:${engineFacts(engine).port}/shop`;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Problems of the URL of a database. */
export function checkDatabaseUrl(url: string, engine: DatabaseEngine, path: string): Issue[] {
  const read = readDatabaseUrl(url, engine);
  if ('problem' in read) return [{ path, message: read.problem, keyword: 'url' }];
  return checkUrlSecrets(url, path);
}

/** `host:port` of a URL; none when it is invalid. */
export function databaseHosts(url: string | undefined, engine: DatabaseEngine): string[] {
  const read = url === undefined ? null : readDatabaseUrl(url, engine);
  return read && 'hostPort' in read ? [read.hostPort] : [];
}
