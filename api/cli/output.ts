import { stripVTControlCharacters } from 'node:util';
import { InterlockApiError } from '../../shared/client/interlock-client.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';

/** The exit codes of all commands but `audit`. */
export const exitCodes = {
  done: 0,
  /** It could not be done; a message says why. */
  error: 1,
  /** `plan`: there is something to apply. */
  changes: 2,
  /** `tools run`: the execution ended without doing what was asked. */
  failed: 3,
  /** `tools run`: it may have been done. */
  unknown: 4,
  /** `tools run`: it has not ended, or waits for an approval. */
  open: 5,
  usage: 64,
} as const;

export interface JsonOption {
  json?: boolean;
}

/** The command was used in a way that it does not have. */
export class UsageError extends Error {}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** What others wrote can hold no commands for the terminal. */
export const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/[\r\n\t]+/g, ' ');

/** Columns as wide as they need to be; the last one is not padded. */
export function sayTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const cells = [head, ...rows.map((row) => row.map(plain))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells)
    say(
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    );
}

/** An error in lines: what happened, and where. */
export function errorLines(error: unknown): string[] {
  if (!(error instanceof InterlockApiError)) return [errorMessage(error)];
  return [
    plain(error.message),
    ...error.issues.map(
      ({ path, message }) => `  ${path.startsWith('/files/') ? '' : `${path} `}${plain(message)}`,
    ),
    ...(error.requestId ? [`  request ${error.requestId}`] : []),
  ];
}
