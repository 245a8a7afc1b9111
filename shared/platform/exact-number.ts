declare global {
  interface JSON {
    /** A value that `JSON.stringify` writes as this text (ES2026). */
    rawJSON(text: string): object;
  }
}

/**
 * A JSON number that JavaScript would change: 9007199254740993, 19.90. It keeps its digits, and `JSON.stringify` writes
 * them.
 */
export class ExactNumber {
  /** A JSON number without an exponent, of at most `maxDigits` digits. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): object {
    return JSON.rawJSON(this.text);
  }

  toString(): string {
    return this.text;
  }

  /** The nearest double. */
  valueOf(): number {
    return Number(this.text);
  }
}

/** Of a number without an exponent. Doubles need 341 at most. */
export const maxDigits = 1000;

/**
 * A JSON number without exponent, with all its digits: `1E2` is `100`, `1.50e-3` is `0.00150`, `-0` is `0`. PostgreSQL's
 * jsonb writes numbers in the same form, so a stored number comes back as it was.
 * @returns null for more than `maxDigits` digits
 */
export function plainDigits(text: string): string | null {
  if (text.length <= maxDigits && !/^-0|[eE]/.test(text)) return text;
  const [, sign = '', whole = '', fraction = '', power] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits.length > maxDigits) return null;
  if (power === undefined) return sign !== '' && !/[1-9]/.test(digits) ? text.slice(1) : text;
  const point = whole.length + Number(power);
  if (Math.max(point, digits.length - point) > maxDigits) return null;
  const before =
    digits
      .slice(0, Math.max(point, 0))
      .padEnd(point, '0')
      .replace(/^0+(?=\d)/, '') || '0';
  const after = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const plain = after === '' ? before : `${before}.${after}`;
  return /[1-9]/.test(digits) ? sign + plain : plain;
}

/** A number as text, always without an exponent. */
export function numberText(value: number | ExactNumber): string {
  if (typeof value !== 'number') return value.text;
  const text = String(value);
  return text.includes('e') ? (plainDigits(text) ?? text) : text;
}

/** The same text for numbers of equal value: 1.50 and 1.5, 100 and 1e2. */
export function canonicalNumber(value: number | ExactNumber): string {
  if (typeof value === 'number') return JSON.stringify(value);
  const double = fittingDouble(value);
  return double === null ? trimmed(value.text) : JSON.stringify(double);
}

/** The double that JavaScript writes with the same value, or null: 1.50 has one, 9007199254740993 has none. */
export function fittingDouble(value: ExactNumber): number | null {
  const double = Number(value.text);
  return Number.isFinite(double) && trimmed(numberText(double)) === trimmed(value.text) ? double : null;
}

export function isIntegral(value: ExactNumber): boolean {
  return !trimmed(value.text).includes('.');
}

function trimmed(plain: string): string {
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

/** Compares by value: negative, zero or positive, as `one` is less than, equal to or greater than `other`. */
export function compareNumbers(one: number | ExactNumber, other: number | ExactNumber): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [left, right] = inUnits(one, other);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Is the quotient a whole number? Computed with decimals: 19.99 is a multiple of 0.01. */
export function isMultipleOf(value: number | ExactNumber, divisor: number | ExactNumber): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor))
    return (value as number) % (divisor as number) === 0;
  const [left, right] = inUnits(value, divisor);
  return right !== 0n && left % right === 0n;
}

/** Both as whole numbers of the same decimal unit. */
function inUnits(one: number | ExactNumber, other: number | ExactNumber): [bigint, bigint] {
  const [left, right] = [numberText(one).split('.'), numberText(other).split('.')];
  const places = Math.max(left[1]?.length ?? 0, right[1]?.length ?? 0);
  const units = ([whole, fraction = '']: string[]) => BigInt(whole + fraction.padEnd(places, '0'));
  return [units(left), units(right)];
}
