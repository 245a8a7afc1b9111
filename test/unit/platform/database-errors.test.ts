import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
  isConnectionUnusable,
  isDatabaseUnavailable,
  wasRefused,
} from '../../../shared/platform/db/database-errors.ts';
import { countWrite, isWrite, withWriteScope } from '../../../shared/platform/db/write-scope.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

// Retried, and a 503 at the doors; whether nothing was changed; whether the next statement needs another connection.
test.each<[string, Error, boolean, boolean, boolean]>([
  ['a refused connection', coded('ECONNREFUSED'), true, true, true],
  ['a broken connection', coded('ECONNRESET'), true, false, true],
  ['a lost connection', new Error('Connection terminated unexpectedly'), true, false, true],
  ['a full pool', new Error('timeout exceeded when trying to connect'), true, true, true],
  ['a server that shuts down', coded('57P01'), true, false, true],
  ['a server that starts', coded('57P03'), true, true, true],
  ['too many connections', coded('53300'), true, true, true],
  ['a connection failure', coded('08006'), true, false, true],
  ['a standby', coded('25006'), true, true, true],
  ['disk full', coded('53100'), true, true, false],
  ['a statement timeout', coded('57014'), true, true, false],
  ['a lock that is not granted', coded('55P03'), true, true, false],
  ['deadlock', coded('40P01'), true, true, false],
  ['a serialization failure', coded('40001'), true, true, false],
  ['a commit of unknown outcome', coded('40003'), true, false, true],
  ['an outdated plan', coded('0A000', { routine: 'RevalidateCachedQuery' }), true, true, true],
  ['a feature that is not supported', coded('0A000', { severity: 'ERROR' }), false, true, false],
  ['a unique violation', coded('23505', { severity: 'ERROR' }), false, true, false],
  ['an error of the program', new TypeError('x is not a function'), false, false, false],
  ['an error of the query builder', new DrizzleQueryError('…', [], coded('53100')), true, true, false],
])('%s', (_, error, unavailable, refused, unusable) => {
  expect([isDatabaseUnavailable(error), wasRefused(error), isConnectionUnusable(error)]).toEqual([
    unavailable,
    refused,
    unusable,
  ]);
});

test.each([
  ['SELECT id FROM tool WHERE id = $1 FOR UPDATE', false],
  ['SELECT updated_at FROM event WHERE type = $1', false],
  ['SELECT id FROM tool FOR NO KEY UPDATE SKIP LOCKED', false],
  ['WITH row AS (INSERT INTO tool (id) VALUES ($1) RETURNING id) SELECT id FROM row', true],
  ['update "tool" set "name" = $1', true],
  ['delete from "tool"', true],
])('%s is a write: %s', (text, expected) => {
  expect(isWrite(text)).toBe(expected);
});

test('a request may have written from the moment a write is sent until that is refused, and none sees the writes of another', async () => {
  const other = withWriteScope(async (mayHaveWritten) => {
    countWrite();
    return mayHaveWritten();
  });
  await withWriteScope(async (mayHaveWritten) => {
    expect(mayHaveWritten()).toBe(false);
    const undo = countWrite();
    expect(mayHaveWritten()).toBe(true);
    undo();
    expect(mayHaveWritten()).toBe(false);
    expect(await other).toBe(true);
    expect(mayHaveWritten()).toBe(false);
  });
});
