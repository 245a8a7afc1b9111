/*
 * National identity numbers, each with its check. Those that any number of so many digits may be (no check digit, or one
 * in eleven passes) count only behind a word that names them.
 */

interface NationalId {
  /** Enters a run of letters and digits once, and is bounded. */
  pattern: RegExp;
  /** @param compact without separators, in upper case */
  isValid(compact: string): boolean;
  /** Must be in the 24 characters before it. */
  named?: RegExp;
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * digit(text, at), 0);
}

const isDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Area, group and serial of a US Social Security Number that can have been issued. */
const isSsn = (text: string): boolean => !/^(?:000|666|9)|^...00|0000$/.test(text);

/** BSN: the eleven-test of the Netherlands. */
const isBsn = (text: string): boolean =>
  !/^0+$/.test(text) && weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

/** ISO 7064 MOD 11,10; exactly one digit of the first ten is there twice or three times. */
function isSteuerId(text: string): boolean {
  if (text.startsWith('0')) return false;
  const counts = new Map<string, number>();
  for (const each of text.slice(0, 10)) counts.set(each, (counts.get(each) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  let product = 10;
  for (let at = 0; at < 10; at++) {
    const sum = (digit(text, at) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digit(text, 10);
}

/** Year, month and day of birth (centuries differ by their month), then a weighted check digit. */
function isPesel(text: string): boolean {
  if (!isDay(Number(text.slice(2, 4)) % 20, Number(text.slice(4, 6)))) return false;
  return weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** NIR: 97 minus the rest; 2A and 2B are Corsica. */
function isNir(text: string): boolean {
  const month = Number(text.slice(3, 5));
  if (!(month >= 1 && month <= 12) && !(month >= 20 && month <= 42) && month < 50) return false;
  const body = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return /^\d{13}$/.test(body) && 97 - (Number(body) % 97) === Number(text.slice(13));
}

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isCodiceFiscale(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const code = text.charCodeAt(at);
    const value = code < 65 ? code - 48 : code - 65;
    sum += at % 2 === 0 ? oddValues[value]! : value;
  }
  return text.charCodeAt(15) - 65 === sum % 26;
}

/** DNI and NIE: the letter is the number modulo 23. */
function isDni(text: string): boolean {
  const number = Number(text.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === text.at(-1);
}

const nationalIds: readonly NationalId[] = [
  { pattern: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g, isValid: isSsn },
  {
    pattern: /(?<![\w-])\d{3} ?\d{2} ?\d{4}(?![\w-])/g,
    isValid: isSsn,
    named: /\b(?:ssn|social security)/i,
  },
  {
    pattern: /(?<!\w)\d{3}[ .]?\d{3}[ .]?\d{3}(?!\w)/g,
    isValid: isBsn,
    named: /\b(?:bsn|sofi|burgerservice)/i,
  },
  {
    pattern:
      /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/gi,
    isValid: () => true,
  },
  { pattern: /(?<![\w.-])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w-])/g, isValid: isSteuerId },
  { pattern: /(?<![\w.-])\d{11}(?![\w-])/g, isValid: isPesel },
  {
    pattern: /(?<![\w.-])[12478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w-])/gi,
    isValid: isNir,
  },
  {
    pattern: /(?<!\w)[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z](?!\w)/gi,
    isValid: isCodiceFiscale,
  },
  { pattern: /(?<![\w-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/gi, isValid: isDni },
];

/** Of the beginning and the end of each national id in a text. */
export function findNationalIds(text: string, found: (begin: number, end: number) => void): void {
  for (const { pattern, isValid, named } of nationalIds) {
    if (named && !named.test(text)) continue;
    for (const { 0: match, index } of text.matchAll(pattern)) {
      if (named && !named.test(text.slice(Math.max(0, index - 24), index))) continue;
      if (isValid(match.replace(/[ .-]/g, '').toUpperCase())) found(index, index + match.length);
    }
  }
}
