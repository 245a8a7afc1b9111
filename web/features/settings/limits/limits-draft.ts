import { parseHostPort } from '../../../../shared/platform/host-port.ts';
import type { CallLimits } from '../../../../shared/tools/call-limits.ts';
import { t } from '../../../words/words.ts';

/** The limits as they are typed; empty: no limit. */
export interface Draft {
  perMinute: string;
  burst: string;
  hostConcurrency: string;
  hosts: { host: string; concurrency: string }[];
  /** Breakers open by themselves. */
  enabled: boolean;
  consecutiveFailures: string;
  failurePercent: string;
  minCalls: string;
  openSeconds: string;
}

export function draftOf({ rateLimit, hostConcurrency, hosts, circuitBreaker }: CallLimits): Draft {
  return {
    perMinute: rateLimit?.requestsPerMinute.toString() ?? '',
    burst: rateLimit?.burst?.toString() ?? '',
    hostConcurrency: hostConcurrency?.toString() ?? '',
    hosts: hosts.map(({ host, concurrency }) => ({ host, concurrency: String(concurrency) })),
    enabled: circuitBreaker.enabled,
    consecutiveFailures: String(circuitBreaker.consecutiveFailures),
    failurePercent: String(circuitBreaker.failurePercent),
    minCalls: String(circuitBreaker.minCalls),
    openSeconds: String(circuitBreaker.openSeconds),
  };
}

const ranges = {
  perMinute: { least: 1, most: 1_000_000, optional: true },
  burst: { least: 1, most: 1_000_000, optional: true },
  hostConcurrency: { least: 1, most: 10_000, optional: true },
  consecutiveFailures: { least: 2, most: 1000, optional: false },
  failurePercent: { least: 1, most: 100, optional: false },
  minCalls: { least: 2, most: 1000, optional: false },
  openSeconds: { least: 1, most: 3600, optional: false },
} as const;
export type NumberField = keyof typeof ranges;

const isWhole = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** What is wrong, by field. */
export function problemsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const problems: Partial<Record<keyof Draft, string>> = {};
  for (const field of Object.keys(ranges) as NumberField[]) {
    const { least, most, optional } = ranges[field];
    if (optional && draft[field].trim() === '') continue;
    if (!isWhole(draft[field], least, most))
      problems[field] = optional
        ? t`A whole number from ${least} to ${most}, or empty`
        : t`A whole number from ${least} to ${most}`;
  }
  if (draft.burst.trim() !== '' && draft.perMinute.trim() === '')
    problems.burst = t('A burst needs a number of executions per minute');
  const wrong = draft.hosts.find(
    ({ host, concurrency }) => parseHostPort(host) === null || !isWhole(concurrency, 1, 10_000),
  );
  if (wrong) problems.hosts = t('Each host is host:port, such as pay.example:443, with a number of calls.');
  return problems;
}

const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** Of a draft without problems. */
export function limitsIn(draft: Draft): CallLimits {
  const [requestsPerMinute, burst] = [numberOrNull(draft.perMinute), numberOrNull(draft.burst)];
  return {
    rateLimit: requestsPerMinute === null ? null : { requestsPerMinute, ...(burst !== null && { burst }) },
    hostConcurrency: numberOrNull(draft.hostConcurrency),
    hosts: draft.hosts.map(({ host, concurrency }) => ({ host, concurrency: Number(concurrency) })),
    circuitBreaker: {
      enabled: draft.enabled,
      consecutiveFailures: Number(draft.consecutiveFailures),
      failurePercent: Number(draft.failurePercent),
      minCalls: Number(draft.minCalls),
      openSeconds: Number(draft.openSeconds),
    },
  };
}
