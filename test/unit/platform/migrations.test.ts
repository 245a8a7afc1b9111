import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readIndexStatement } from '../../../shared/platform/db/build-index.ts';

const folder = new URL('../../../migrations/', import.meta.url);
/** Those before it ran on every database long ago. */
const first = '0054';

/** What reads all rows of a table while no one may write to it, and so is not for a table that exists. */
function slowOnRows(statement: string): boolean {
  if (/^CREATE (UNIQUE )?INDEX/.test(statement)) return readIndexStatement(statement) === null;
  if (/\bADD (CONSTRAINT|CHECK|FOREIGN KEY)\b/.test(statement)) return !/\bNOT VALID\b/.test(statement);
  if (/\bADD COLUMN\b/.test(statement)) return /\b(UNIQUE|PRIMARY KEY|REFERENCES|CHECK)\b/.test(statement);
  return /\bALTER COLUMN \w+ (SET NOT NULL|TYPE|SET DATA TYPE)\b/.test(statement);
}

test('no migration reads all rows of a table that exists while requests wait', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && name >= first);
  expect(files.length).toBeGreaterThan(4);
  const slow = files.flatMap((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8').replaceAll(/^\s*--(?!>).*$/gm, '');
    const statements = text.split('--> statement-breakpoint').map((each) => each.trim());
    const created = new Set(statements.map((each) => /^CREATE (?:UNLOGGED )?TABLE (\w+)/.exec(each)?.[1]));
    const tableOf = (each: string) => /(?:^ALTER TABLE| ON) (\w+)/.exec(each)?.[1];
    return statements
      .filter((each) => slowOnRows(each) && !created.has(tableOf(each)))
      .map((each) => [file, each]);
  });
  expect(slow).toEqual([]);
});
