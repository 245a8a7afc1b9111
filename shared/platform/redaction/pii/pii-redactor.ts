import { numberText } from '../../exact-number.ts';
import { isNumber, isScalar, type JsonValue, mapScalars } from '../../json.ts';
import { findPii } from './find-pii.ts';
import { canonicalPii, maskOf, type PiiChoices, type PiiKind, piiMark } from './pii-kinds.ts';

/** What is known about the personal data of one call, as plain data. */
export interface PiiKnowledge {
  /** Clear values: searched for in every encoding too, as a response may return them. */
  values: string[];
  /** Clear values that a schema excludes (`x-pii: false`). */
  exempt: string[];
}

/** Replaces personal data in what belongs to one call, and remembers what it has replaced. */
export interface PiiRedactor {
  /** What the detectors find in a text. */
  text(text: string): string;
  /** A value that its schema marks as personal; the same value where its kind is not chosen. */
  marked(value: JsonValue, kind: PiiKind): JsonValue;
  /** A value that its schema excludes. */
  exclude(value: JsonValue): void;
  /** Grows as values are found. */
  known(): PiiKnowledge;
}

/** Of one call; further ones are found by the detectors only. */
const maxKnown = 200;
/** A shorter value, such as a first name, would match ordinary text elsewhere. */
const shortestKnown = 5;

/**
 * @param hash of a canonical value, in letters: digits could be found as another kind
 * @param options.detects false: only what a schema marks is treated
 */
export function createPiiRedactor(
  choices: PiiChoices,
  hash: (text: string) => string,
  { before, detects = true }: { before?: PiiKnowledge | undefined; detects?: boolean } = {},
): PiiRedactor {
  const values = new Set(before?.values);
  const exempt = new Set(before?.exempt);
  const isWanted = (kind: PiiKind) => choices[kind] !== undefined;

  function replacement(kind: PiiKind, value: string): string {
    if (value.length >= shortestKnown && values.size < maxKnown) values.add(value);
    const treatment = choices[kind];
    if (treatment === 'hash') return piiMark(kind, `#${hash(`${kind}:${canonicalPii(kind, value)}`)}`);
    const shown = treatment === 'mask' ? maskOf[kind](value) : '';
    return piiMark(kind, shown && `:${shown}`);
  }

  return {
    text(text) {
      if (!detects || exempt.has(text)) return text;
      let redacted = '';
      let from = 0;
      for (const { kind, begin, end } of findPii(text, isWanted)) {
        const value = text.slice(begin, end);
        if (exempt.has(value)) continue;
        redacted += text.slice(from, begin) + replacement(kind, value);
        from = end;
      }
      return from === 0 ? text : redacted + text.slice(from);
    },
    marked(value, kind) {
      if (!isWanted(kind)) return value;
      return mapScalars(value, (scalar) => {
        if (typeof scalar === 'string' && scalar !== '' && !scalar.startsWith('[redacted'))
          return replacement(kind, scalar);
        return isNumber(scalar) ? replacement(kind, numberText(scalar)) : scalar;
      });
    },
    exclude(value) {
      if (isScalar(value)) {
        const text = isNumber(value) ? numberText(value) : value;
        if (typeof text !== 'string') return;
        exempt.add(text);
        for (const { begin, end } of findPii(text, isWanted)) exempt.add(text.slice(begin, end));
      } else for (const inner of Object.values(value)) this.exclude(inner);
    },
    known: () => ({ values: [...values], exempt: [...exempt] }),
  };
}
