import type { SentState } from '../../../../platform/http/sent-state.ts';
import type { JsonObject } from '../../../../platform/json.ts';
import { DatabaseFailure, LoginRefused } from './database-failure.ts';

/** What a SQL server said, in its own words. */
export interface SqlError {
  /** SQLSTATE, five characters. */
  state: string;
  /** The rest, as it is kept. */
  raw: JsonObject;
}

/** In words, by the state or by its beginning; the first one counts. */
const words: readonly (readonly [state: string, words: string])[] = [
  ['25006', 'It writes, and the tool is read-only'],
  ['42501', 'The user of the database may not do this'],
  ['42601', 'The SQL has a syntax error'],
  ['42P01', 'A table of the statement does not exist'],
  ['42S02', 'A table of the statement does not exist'],
  ['42703', 'A column of the statement does not exist'],
  ['42S22', 'A column of the statement does not exist'],
  ['42883', 'A function or an operator of the statement does not exist for these types'],
  ['3D000', 'The database does not exist'],
  ['42', 'The SQL is not valid for this database, or not allowed for its user'],
  ['23', 'A rule of the table does not allow the values'],
  ['22', 'A value does not fit its place'],
  ['21', 'The statement returned more than it may in this place'],
  ['40', 'It was in conflict with another transaction, and was rolled back'],
  ['53', 'The database has no room for it now'],
  ['08', 'The database takes no more connections now'],
  ['57P03', 'The database is starting or stopping'],
  ['57P01', 'The database was stopped'],
  ['55P03', 'What it needs is locked'],
  ['57014', 'The database stopped it after the timeout'],
  ['70100', 'The database stopped it after the timeout'],
];

/** After these, the same statement may succeed later: nothing was done. */
const transient = /^(?:40|53|08|57P|55P03)/;

/**
 * The failure of a statement that the server has refused: what its transaction did is undone.
 * @param sent what is known of its effect; with `before` it may be run again
 */
export function sqlFailure(host: string, { state, raw }: SqlError, sent: SentState): DatabaseFailure {
  if (state.startsWith('28')) return new LoginRefused(host, raw);
  const said = words.find(([begin]) => state.startsWith(begin))?.[1] ?? 'The database returned an error';
  const again = transient.test(state);
  const stopped = state === '57014' || state === '70100';
  return new DatabaseFailure({
    code: stopped ? 'timeout' : 'provider_error',
    message: `${host} did not run the statement. ${said} (${state})`,
    sent,
    transient: again || stopped,
    raw,
  });
}
