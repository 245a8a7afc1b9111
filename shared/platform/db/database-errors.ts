import { DrizzleQueryError } from 'drizzle-orm';

/** What PostgreSQL and its driver say when the work may be retried, and what may have happened meanwhile. */
interface Trouble {
  /** Whether the connection must not be used again. */
  connection: boolean;
  /** Whether the statement may have taken effect: it was sent, and its response was lost. */
  unknown: boolean;
}

const statement: Trouble = { connection: false, unknown: false };
const newConnection: Trouble = { connection: true, unknown: false };
const lost: Trouble = { connection: true, unknown: true };

/** By SQLSTATE, the first that matches. */
const troubles: [RegExp, Trouble][] = [
  // No connection was made: too many of them, or the server is starting (57P03).
  [/^(0800[14]|53300|57P03)$/, newConnection],
  // The connection broke, or the server ended it or itself.
  [/^(08|57P0)/, lost],
  // An idle transaction was ended: its work is undone.
  [/^25P0[34]$/, newConnection],
  // Read-only, as after a failover: the connection leads to what is now a standby.
  [/^25006$/, newConnection],
  // 40003: statement completion unknown.
  [/^40003$/, lost],
  // Deadlock and serialization; disk, memory or another resource is used up; a lock was not granted; a timeout; I/O.
  [/^(40|53|55P03$|57014$|58030$)/, statement],
];

/** By message of the driver, which has no code for these. */
const driverMessages: [RegExp, Trouble][] = [
  [
    /^timeout exceeded when trying to connect|^Connection terminated due to connection timeout|not queryable/,
    newConnection,
  ],
  [/^Connection terminated|^Query read timeout/, lost],
];

/** Of the operating system. Before there was a connection, nothing can have happened. */
const neverConnected = /^E(CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)$/;
const socketBroke = /^E(CONN|PIPE|TIMEDOUT)/;

function troubleOf(error: unknown): Trouble | null {
  if (error instanceof DrizzleQueryError) return troubleOf(error.cause);
  if (!(error instanceof Error)) return null;
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  if (typeof code !== 'string')
    return driverMessages.find(([pattern]) => pattern.test(error.message))?.[1] ?? null;
  if (neverConnected.test(code)) return newConnection;
  if (socketBroke.test(code)) return lost;
  // A column was added to a table whose columns a prepared statement returns. The message depends on the language.
  if (code === '0A000') return routine === 'RevalidateCachedQuery' ? newConnection : null;
  return troubles.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

/**
 * PostgreSQL is unreachable, or refuses the statement for a reason that passes: read-only, disk full, too many
 * connections, a lock, a timeout, a deadlock. The work may be retried, and callers get a 503.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return troubleOf(error) !== null;
}

/** The next statement needs another connection. */
export function isConnectionUnusable(error: unknown): boolean {
  return troubleOf(error)?.connection ?? false;
}

/** PostgreSQL refused the statement, so it changed nothing. False for an error that has nothing to do with PostgreSQL. */
export function wasRefused(error: unknown): boolean {
  const trouble = troubleOf(error);
  if (trouble) return !trouble.unknown;
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  return error instanceof Error && typeof code === 'string' && severity === 'ERROR';
}

/** The plan of a prepared statement is outdated: nothing was done, and without its name the statement works. */
export function isOutdatedPlan(error: unknown): boolean {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}
