import type { EgressTarget, NamedCaller, ReachedHost } from '../../../../shared/egress/egress-schemas.ts';
import { allowedHostText, readAllowedHost } from '../../../../shared/egress/host-text.ts';
import type { AllowedHost, EgressOutcome } from '../../../../shared/platform/egress-rules.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

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
  tool: t('tool'),
  credential: t('credential'),
  webhook: t('webhook'),
  connector: t('connector'),
  import: t('import of'),
};
export const callerText = ({ type, name }: NamedCaller): string => `${callerWords[type]} ${name}`;

/** "tool refund, credential key and 3 more" */
export function usesText({ uses, useCount }: Pick<EgressTarget, 'uses' | 'useCount'>): string {
  const names = [...new Set(uses.map(callerText))];
  const shown = names.slice(0, 3);
  const more = Math.max(names.length, useCount - (uses.length - names.length)) - shown.length;
  return more > 0 ? t`${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** Why a host was not reached; null: it was. */
const whyNot: Record<EgressOutcome, string | null> = {
  reached: null,
  unreachable: null,
  not_allowed: t('not on the list'),
  address: t('a private address'),
  reserved: t('belongs to Interlock itself'),
  redirect: t('a redirect that may not be followed'),
  proxy: t('not allowed by the proxy of this deployment'),
};
export const refusalText = ({ outcome }: Pick<ReachedHost, 'outcome'>): string | null => whyNot[outcome];

export function outcomeStatus(reach: Pick<ReachedHost, 'outcome'>): { kind: StatusKind; word: string } {
  if (isRefused(reach)) return { kind: 'failed', word: t('Refused') };
  return reach.outcome === 'reached'
    ? { kind: 'succeeded', word: t('Reached') }
    : { kind: 'unknown', word: t('Unreachable') };
}

export const isRefused = (reach: Pick<ReachedHost, 'outcome'>): boolean => refusalText(reach) !== null;
