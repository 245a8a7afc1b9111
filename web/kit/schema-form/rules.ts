import type { ExactNumber } from '../../../shared/platform/exact-number.ts';
import { t } from '../../words/words.ts';
import type { SchemaField } from './schema-field.ts';

const shown = (value: number | ExactNumber) =>
  typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 12 }) : value.text;

/** The range of a number in short: "0.01–5,000", "1 or more", "less than 10"; empty where there is none. */
export function numberRange(field: SchemaField & { kind: 'number' }): string {
  // The smallest step turns "more than 0" into "from 0.01".
  const step = field.multipleOf ?? (field.integer ? 1 : undefined);
  const next = (bound: number | ExactNumber | undefined, by: 1 | -1) =>
    typeof bound !== 'number' || typeof step !== 'number'
      ? undefined
      : Number((bound + by * step).toFixed(12));
  const low = field.minimum ?? next(field.exclusiveMinimum, 1);
  const high = field.maximum ?? next(field.exclusiveMaximum, -1);
  if (low !== undefined && high !== undefined) return `${shown(low)}–${shown(high)}`;
  const from =
    low !== undefined
      ? t`${shown(low)} or more`
      : field.exclusiveMinimum !== undefined
        ? t`more than ${shown(field.exclusiveMinimum)}`
        : '';
  const to =
    high !== undefined
      ? from
        ? t`up to ${shown(high)}`
        : t`${shown(high)} or less`
      : field.exclusiveMaximum !== undefined
        ? t`less than ${shown(field.exclusiveMaximum)}`
        : '';
  return [from, to].filter(Boolean).join(', ');
}

/** A pattern for people: "pay_…" for `^pay_[a-z0-9]+$`, else the pattern itself. */
export function patternWords(pattern: string): string {
  const [, start = '', rest = ''] = /^\^((?:[\w -]|\\[.\-/])+)(.*)$/.exec(pattern) ?? [];
  // A quantifier belongs to the last character, and alternatives to the whole pattern.
  if (start === '' || /^[?*+{]/.test(rest) || hasAlternatives(rest)) return pattern;
  const literal = start.replaceAll('\\', '');
  return rest === '$' ? literal : `${literal}…`;
}

/** Is there a `|` outside groups? */
function hasAlternatives(pattern: string): boolean {
  return /\|/.test(pattern.replaceAll(/\\.|\[[^\]]*\]|\([^()]*\)/g, ''));
}
