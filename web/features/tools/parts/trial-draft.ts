import { pointer } from '../../../../shared/platform/json-pointer.ts';
import { isObject, schemaProperties } from '../../../../shared/platform/schema-properties.ts';
import type { Inputs } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';

export type TrialSharing = Pick<Inputs['trials']['start'], 'percent' | 'stickyBy' | 'stopAbove'>;

/** What a person has typed about a new trial. */
export interface TrialDraft {
  percent: string;
  /** Empty: by the Idempotency-Key, or by chance. */
  stickyBy: string;
  stops: boolean;
  /** In percent. */
  errorRate: string;
  atLeast: string;
}

export const newTrial: TrialDraft = {
  percent: '10',
  stickyBy: '',
  stops: true,
  errorRate: '20',
  atLeast: '20',
};

export const isPercent = (text: string): boolean => isWhole(text, 0, 100);

const isWhole = (text: string, from: number, to: number): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= from && Number(text) <= to;

/** What is sent; null while it is not complete. */
export function readTrial({ percent, stickyBy, stops, errorRate, atLeast }: TrialDraft): TrialSharing | null {
  if (!isPercent(percent)) return null;
  if (stops && !(isWhole(errorRate, 0, 99) && isWhole(atLeast, 5, 1000))) return null;
  return {
    percent: Number(percent),
    ...(stickyBy !== '' && { stickyBy }),
    ...(stops && { stopAbove: { errorRate: Number(errorRate) / 100, atLeast: Number(atLeast) } }),
  };
}

/** The inputs whose value a version can stick to, as pointers. */
export function stickyInputs(inputSchema: Record<string, unknown>): string[] {
  const { properties } = inputSchema;
  return [...schemaProperties(inputSchema)].flatMap((name) => {
    const schema = isObject(properties) ? properties[name] : undefined;
    const type = isObject(schema) ? schema.type : undefined;
    return name === '' || type === 'object' || type === 'array' ? [] : [pointer('', name)];
  });
}

interface Sharing {
  baseline: number;
  candidate: number;
  percent: number;
  stickyBy: string | null;
  stopAbove: { errorRate: number; atLeast: number } | null;
}

/** "10 % of the calls get v5, by /customerId. It stops above 20 % errors of at least 20 calls." */
export function sharingWords({ candidate, percent, stickyBy, stopAbove }: Sharing): string {
  const share =
    stickyBy === null
      ? t`${percent} % of the calls get v${candidate}.`
      : t`${percent} % of the calls get v${candidate}, by ${stickyBy}.`;
  const stop = stopAbove
    ? t`It stops by itself above ${Math.round(stopAbove.errorRate * 100)} % errors of at least ${stopAbove.atLeast} calls.`
    : t('It does not stop by itself.');
  return `${share} ${stop}`;
}
