import type { EgressTarget, NamedCaller, ReachedHost } from '../../../../shared/egress/egress-schemas.ts';
import { allowedHostText, readAllowedHost } from '../../../../shared/egress/host-text.ts';
import type { AllowedHost, EgressOutcome } from '../../../../shared/platform/egress-rules.ts';
import type { StatusKind } from '../../../kit/status.tsx';

/** The list as it is edited: one host in each line. */
export interface HostLines {
  hosts: AllowedHost[];
  /** What is wrong, with the line. */
  problems: { line: string; problem: string }[];
}

export function readLines(text: string): HostLines {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const read = lines.map((line) => ({ line, host: readAllowedHost(line) }));
  return {
    hosts: read.flatMap(({ host }) => (typeof host === 'string' ? [] : [host])),
    problems: read.flatMap(({ line, host }) => (typeof host === 'string' ? [{ line, problem: host }] : [])),
  };
}

export const toLines = (hosts: readonly AllowedHost[]): string => hosts.map(allowedHostText).join('\n');

/** What a list without this place would cut off. */
export const isCutOff = ({ allowed, cutOff, reached }: EgressTarget): boolean =>
  !allowed && (cutOff > 0 || reached > 0);

export const placeText = ({ host, port }: { host: string; port: number }): string => `${host}:${port}`;

const callerWords: Record<NamedCaller['type'], string> = {
  tool: 'tool',
  credential: 'credential',
  webhook: 'webhook',
  connector: 'connector',
};
export const callerText = ({ type, name }: NamedCaller): string => `${callerWords[type]} ${name}`;

/** "tool refund, credential key and 3 more" */
export function usesText({ uses, useCount }: Pick<EgressTarget, 'uses' | 'useCount'>): string {
  const names = [...new Set(uses.map(callerText))];
  const shown = names.slice(0, 3);
  const more = Math.max(names.length, useCount - (uses.length - names.length)) - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

export const outcomeStatus: Record<EgressOutcome, { kind: StatusKind; word: string }> = {
  reached: { kind: 'succeeded', word: 'Reached' },
  unreachable: { kind: 'unknown', word: 'Unreachable' },
  not_allowed: { kind: 'failed', word: 'Refused: not on the list' },
  address: { kind: 'failed', word: 'Refused: private address' },
  reserved: { kind: 'failed', word: 'Refused: belongs to Interlock' },
  redirect: { kind: 'failed', word: 'Refused: redirect' },
  proxy: { kind: 'failed', word: 'Refused by the proxy' },
};

export const isRefused = ({ outcome }: Pick<ReachedHost, 'outcome'>): boolean =>
  outcome !== 'reached' && outcome !== 'unreachable';
