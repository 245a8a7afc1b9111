import { expect, test } from 'vitest';
import {
  placeholders,
  readSql,
  sqlNames,
} from '../../../../shared/tools/providers/database/sql-statement.ts';
import { processorTime } from '../../../support/processor-time.ts';

const problems = (sql: string, engine: 'postgresql' | 'mysql' = 'postgresql') =>
  readSql(sql, engine).problems.map(({ message }) => message);

test('PostgreSQL has one placeholder for each name, MySQL one for each use', () => {
  const sql = 'SELECT {a}::int, {b}, {a}';
  expect(placeholders(sql, 'postgresql')).toEqual({ statement: 'SELECT $1::int, $2, $1', names: ['a', 'b'] });
  expect(placeholders(sql, 'mysql')).toEqual({ statement: 'SELECT ?::int, ?, ?', names: ['a', 'b', 'a'] });
});

test('a placeholder never grows into what stands beside it', () => {
  expect(placeholders('LIMIT{n}0', 'postgresql').statement).toBe('LIMIT $1 0');
  expect(placeholders('a{x}b', 'postgresql').statement).toBe('a $1 b');
});

test.each([
  ["'{a}' {x}", ['x']],
  [`"{a}" {x}`, ['x']],
  ["'it''s {a}' {x}", ['x']],
  ["E'it\\'s {a}' {x}", ['x']],
  ["'back\\' {x}", ['x']],
  ['-- {a}\n{x}', ['x']],
  ['/* {a} /* {b} */ {c} */ {x}', ['x']],
  ['$$ {a} $$ {x}', ['x']],
  ['$t$ {a} $$ {b} $t$ {x}', ['x']],
  ['price$1$ {x}', ['x']],
  ["'never ended {a}", []],
])('PostgreSQL: %s', (sql, names) => {
  expect(sqlNames(sql, 'postgresql')).toEqual(names);
});

test.each([
  ["'it\\'s {a}' {x}", ['x']],
  [`"it\\"s {a}" {x}`, ['x']],
  ['`{a}` {x}', ['x']],
  ['# {a}\n{x}', ['x']],
  ['-- {a}\n{x}', ['x']],
  ['1--{x}', ['x']],
  ['/* {a} /* {b} */ {x}', ['x']],
])('MySQL: %s', (sql, names) => {
  expect(sqlNames(sql, 'mysql')).toEqual(names);
});

test('a second statement, other placeholders and lone braces are problems with a place', () => {
  expect(problems('SELECT 1; SELECT 2')).toEqual([expect.stringContaining('A tool runs one statement')]);
  expect(problems('SELECT 1; -- done\n;')).toEqual([]);
  expect(problems('SELECT $1')).toEqual(['Write {name} for a parameter, not "$1"']);
  expect(problems('SELECT ?', 'mysql')).toEqual(['Write {name} for a parameter, not "?"']);
  expect(problems("SELECT data ? 'a'")).toEqual([]);
  expect(readSql('SELECT {', 'postgresql').problems).toEqual([
    { message: '"{" must be part of a parameter such as {orderId}', at: 7 },
  ]);
});

test('names in quotes are known, so that a person can be told', () => {
  expect([...readSql('SELECT \'{a}\', "{b}" -- {c}', 'postgresql').quoted]).toEqual(['a', 'b']);
});

test('the longest statement is read at once, whatever is in it', () => {
  const took = processorTime();
  for (const piece of ['{', '}', "'", '$a', '/*', '{a', '$$', '--', '"{'])
    for (const engine of ['postgresql', 'mysql'] as const)
      readSql(piece.repeat(65_536 / piece.length), engine);
  expect(took()).toBeLessThan(10_000);
});
