import { stripVTControlCharacters } from 'node:util';
import { InterlockApiError } from '../../shared/client/interlock-client.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';

/** The exit codes of all commands but `audit`. */
export const exitCodes = {
  done: 0,
  /** It could not be done; a message says why. `replay` and `backtest`: something would break. */
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

/** `1 tool`, `2 tools`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What others wrote can hold no commands for the terminal. */
export const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/[\r\n\t]+/g, ' ');

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
