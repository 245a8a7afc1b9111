import type { DatabaseEngine } from '../../database/engines.ts';

export type SqlEngine = Exclude<DatabaseEngine, 'mongodb'>;

/** A statement in pieces. */
interface SqlStatement {
  parts: ({ text: string } | { name: string })[];
  /** Names in braces inside of quotes, where they are text and no parameter. */
  quoted: Set<string>;
  /** What is wrong with it, with the index of the character. */
  problems: { message: string; at: number }[];
}

/**
 * Finds the parameters (`{name}`) of a SQL statement: not those in strings, quoted names and comments. A parameter becomes a
 * placeholder, never text, so that a statement which is read wrongly is refused by the server, or runs without the value.
 */
export function readSql(sql: string, engine: SqlEngine): SqlStatement {
  const read: SqlStatement = { parts: [], quoted: new Set(), problems: [] };
  let text = '';
  let at = 0;
  let ended: number | null = null;
  while (at < sql.length) {
    const skipped = skipQuoted(sql, at, engine);
    if (skipped > at) {
      const inside = sql.slice(at, skipped);
      if (!isComment(inside)) for (const [, name] of inside.matchAll(named)) read.quoted.add(name!);
      if (ended !== null && !isComment(inside)) read.problems.push({ message: oneStatement, at });
      text += inside;
      at = skipped;
      continue;
    }
    const char = sql[at]!;
    if (ended !== null && !/\s|;/.test(char)) {
      read.problems.push({ message: oneStatement, at });
      ended = null;
    }
    const name = char === '{' ? parameter.exec(sql.slice(at, at + 130))?.[1] : undefined;
    if (name !== undefined) {
      if (text !== '') read.parts.push({ text });
      text = '';
      read.parts.push({ name });
      at += name.length + 2;
      continue;
    }
    const problem = problemOf(sql, at, engine);
    if (problem) read.problems.push({ message: problem, at });
    if (char === ';') ended = at;
    text += char;
    at += 1;
  }
  if (text !== '') read.parts.push({ text });
  return read;
}

const parameter = /^\{([^{}\n]{1,128})\}/;
const named = /\{([^{}\n]+)\}/g;
const oneStatement = 'A tool runs one statement: what follows ";" must be a tool of its own';

function problemOf(sql: string, at: number, engine: SqlEngine): string | null {
  const char = sql[at];
  if (char === '{' || char === '}') return `"${char}" must be part of a parameter such as {orderId}`;
  if (engine === 'mysql' && char === '?') return 'Write {name} for a parameter, not "?"';
  if (engine === 'postgresql' && char === '$' && /^\$\d/.test(sql.slice(at, at + 2)) && !afterWord(sql, at))
    return 'Write {name} for a parameter, not "$1"';
  return null;
}

const isComment = (text: string): boolean => /^(?:--|#|\/\*)/.test(text);
const afterWord = (sql: string, at: number): boolean => at > 0 && /[\w$\u0080-\uffff]/.test(sql[at - 1]!);

/** The index behind a string, a quoted name or a comment that begins here; the same index where none does. */
function skipQuoted(sql: string, at: number, engine: SqlEngine): number {
  const char = sql[at]!;
  const next = sql[at + 1];
  const mysql = engine === 'mysql';
  if (char === '-' && next === '-' && (!mysql || /^\s?$/.test(sql[at + 2] ?? ''))) return lineEnd(sql, at);
  if (mysql && char === '#') return lineEnd(sql, at);
  if (char === '/' && next === '*') return commentEnd(sql, at, !mysql);
  if (char === "'") {
    const escapes = mysql || (/[eE]/.test(sql[at - 1] ?? '') && !afterWord(sql, at - 1));
    return quoteEnd(sql, at, char, escapes);
  }
  if (char === '"') return quoteEnd(sql, at, char, mysql);
  if (mysql && char === '`') return quoteEnd(sql, at, char, false);
  if (!mysql && char === '$' && !afterWord(sql, at)) {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(sql.slice(at, at + 66))?.[0];
    if (tag) return endOf(sql, sql.indexOf(tag, at + tag.length), tag.length);
  }
  return at;
}

/** What is not ended goes to the end: the server says so. */
const endOf = (sql: string, found: number, length: number): number =>
  found < 0 ? sql.length : found + length;
const lineEnd = (sql: string, at: number): number => endOf(sql, sql.indexOf('\n', at), 1);

function commentEnd(sql: string, start: number, nested: boolean): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    const two = sql.slice(at, at + 2);
    if (two === '/*' && (nested || depth === 0)) {
      depth += 1;
      at += 1;
    } else if (two === '*/') {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}

function quoteEnd(sql: string, start: number, quote: string, escapes: boolean): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (escapes && sql[at] === '\\') at += 1;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return sql.length;
}

/** The parameters of a statement, each once, in the order of their first use. */
export function sqlNames(sql: string, engine: SqlEngine): string[] {
  return [...new Set(readSql(sql, engine).parts.flatMap((part) => ('name' in part ? [part.name] : [])))];
}

/**
 * The statement as it is sent, and whose value each placeholder is: PostgreSQL has `$1` for each name, MySQL `?` for each
 * use.
 */
export function placeholders(sql: string, engine: SqlEngine): { statement: string; names: string[] } {
  const { parts } = readSql(sql, engine);
  const names: string[] = [];
  let statement = '';
  for (const part of parts) {
    if ('text' in part) {
      // `{a}0` is a parameter before a digit, not the tenth.
      statement += /^\w/.test(part.text) && /[\d?]$/.test(statement) ? ` ${part.text}` : part.text;
      continue;
    }
    const gap = /[\w$\u0080-\uffff]$/.test(statement) ? ' ' : '';
    if (engine === 'mysql') {
      names.push(part.name);
      statement += `${gap}?`;
      continue;
    }
    const known = names.indexOf(part.name);
    if (known < 0) names.push(part.name);
    statement += `${gap}$${known < 0 ? names.length : known + 1}`;
  }
  return { statement, names };
}
