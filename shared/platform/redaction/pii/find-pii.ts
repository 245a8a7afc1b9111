import ipaddr from 'ipaddr.js';
import { findNationalIds } from './national-ids.ts';
import type { DetectedKind } from './pii-kinds.ts';

export interface FoundPii {
  kind: DetectedKind;
  begin: number;
  /** The place behind it. */
  end: number;
}

type Found = (begin: number, end: number) => void;

/**
 * Personal data in a text, in order and without overlaps; where two kinds begin at one place, the longer one counts. Takes
 * linear time: every detector enters a run of characters once, and looks at a bounded part of it.
 */
export function findPii(text: string, wanted: (kind: DetectedKind) => boolean): FoundPii[] {
  if (text.length < 5) return [];
  const digits = countDigits(text);
  const found: FoundPii[] = [];
  for (const [kind, fewest, find] of detectors) {
    if (digits >= fewest && wanted(kind)) find(text, (begin, end) => found.push({ kind, begin, end }));
  }
  if (found.length < 2) return found;
  found.sort((one, other) => one.begin - other.begin || other.end - one.end);
  let until = 0;
  return found.filter(({ begin, end }) => {
    if (begin < until) return false;
    until = end;
    return true;
  });
}

/** The fewest digits that a text must have. */
const detectors: readonly (readonly [
  kind: DetectedKind,
  fewest: number,
  find: (text: string, found: Found) => void,
])[] = [
  ['iban', 8, findIbans],
  ['card', 14, findCards],
  ['national_id', 2, findNationalIds],
  ['phone', 6, findPhones],
  ['email', 0, findEmails],
  ['ip', 2, findAddresses],
];

/** As far as it matters. */
function countDigits(text: string): number {
  let count = 0;
  for (let place = 0; place < text.length && count < 14; place++)
    if (isDigit(text.charCodeAt(place))) count += 1;
  return count;
}

const at = /@|%40/g;
const domainStart =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/u;

/** From each `@` to both sides, so that a long run of letters is not read again and again. */
function findEmails(text: string, found: Found): void {
  if (!text.includes('@') && !text.includes('%40')) return;
  let last = 0;
  for (const { 0: sign, index } of text.matchAll(at)) {
    const earliest = Math.max(last, index - 64);
    let begin = index;
    while (begin > earliest && isLocal(text.charCodeAt(begin - 1))) begin -= 1;
    if (begin === index) continue;
    const behind = index + sign.length;
    const domain = domainStart.exec(text.slice(behind, behind + 255));
    if (!domain) continue;
    last = behind + domain[0].length;
    found(begin, last);
  }
}

const localSigns = new Set([..."._%+'!#$*{|}~-"].map((sign) => sign.charCodeAt(0)));

/** Letters of other alphabets too, but no punctuation of theirs. */
function isLocal(code: number): boolean {
  if (code < 128) return isAlphanumeric(code) || localSigns.has(code);
  return code >= 0xc0 && (code < 0x2000 || code > 0x2bff) && (code < 0x3000 || code > 0x303f);
}

const cardStart = /(?<![\w.,-])[2-6]\d{3}/g;

/** Issuers by their first digits, and how long their numbers are. */
const issuers: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [19, 16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|36|3[89])/, [14]],
  [/^(?:6011|64[4-9]|65)/, [19, 16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [19, 18, 17, 16]],
  [/^(?:50|5[6-8]|6304|67)/, [19, 18, 17, 16]],
];

function findCards(text: string, found: Found): void {
  let last = 0;
  for (const { index } of text.matchAll(cardStart)) {
    if (index < last) continue;
    const { digits, ends } = digitsFrom(text, index, 19);
    const lengths = issuers.find(([prefix]) => prefix.test(digits))?.[1] ?? [];
    for (const length of lengths) {
      const end = ends[length - 1];
      if (end === undefined || isWordCode(text.charCodeAt(end)) || !passesLuhn(digits.slice(0, length)))
        continue;
      last = end;
      found(index, end);
      break;
    }
  }
}

/** Digits with single spaces or hyphens between them, and the place behind each. */
function digitsFrom(text: string, from: number, most: number): { digits: string; ends: number[] } {
  let digits = '';
  const ends: number[] = [];
  for (let place = from; ends.length < most; place++) {
    const code = text.charCodeAt(place);
    if (isDigit(code)) {
      digits += text[place];
      ends.push(place + 1);
    } else if (!isSeparator(code) || !isDigit(text.charCodeAt(place + 1))) break;
  }
  return { digits, ends };
}

const isSeparator = (code: number): boolean => code === 32 || code === 45;
const isWordCode = (code: number): boolean => isAlphanumeric(code) || code === 95;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const value = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 0 ? value : value * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^(\d)\1*$/.test(digits);
}

/** Characters of an IBAN by country, as SWIFT registers them. */
const ibanLengths = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((each): [string, number] => [each.slice(0, 2), Number(each.slice(2))]),
);

const ibanStart = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9]{2})/g;

function findIbans(text: string, found: Found): void {
  for (const { 0: start, index } of text.matchAll(ibanStart)) {
    const length = ibanLengths.get(start.slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const compact: number[] = [];
    let end = index;
    for (; compact.length < length && end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (isAlphanumeric(code)) compact.push(code);
      // One separator between two characters.
      else if (!isSeparator(code) || !isAlphanumeric(text.charCodeAt(end + 1))) break;
    }
    if (compact.length === length && !isAlphanumeric(text.charCodeAt(end)) && restBy97(compact) === 1)
      found(index, end);
  }
}

const isAlphanumeric = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** ISO 7064: the first four characters go to the end, and letters become 10 to 35. */
function restBy97(compact: readonly number[]): number {
  let rest = 0;
  for (const code of [...compact.slice(4), ...compact.slice(0, 4)]) {
    rest = isDigit(code) ? rest * 10 + code - 48 : rest * 100 + ((code | 32) - 87);
    rest %= 97;
  }
  return rest;
}

/** Country codes of E.164: of one digit, of two; all others have three. */
const countryCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-689]\d\d)/;
const international = /(?<![\w+.])(?:\+|00)[1-9](?:[ ./()-]{0,3}\d){6,14}(?![\w])/g;
/** North America: (555) 123-4567, 555-123-4567. */
const american = /(?<![\w.-])(?:\+?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])[2-9]\d\d[ .-]\d{4}(?![\w-])/g;
/** Behind a word that says what it is. */
const named =
  /\b(?:tel|phone|telephone|mobile|cell|fax|telefon|mobil|handy)\w{0,6}["']?[\s:.=#]{1,4}["']?(\(?0?\d(?:[ ./()-]{0,3}\d){5,13})(?!\w)/gi;

/** Numbers as people write them with their country, or in North America; others only where a word names them. */
function findPhones(text: string, found: Found): void {
  for (const { 0: match, index } of text.matchAll(international)) {
    const digits = match.replace(/\D/g, '').replace(/^00/, '');
    if (digits.length >= 8 && digits.length <= 15 && countryCode.test(digits))
      found(index, index + match.length);
  }
  for (const { 0: match, index } of text.matchAll(american)) found(index, index + match.length);
  for (const { 0: match, 1: number = '', index } of text.matchAll(named))
    found(index + match.length - number.length, index + match.length);
}

const v4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)/g;
const v6 = /(?<![\w:.])[23][0-9a-f]{2,3}:[0-9a-f:]{2,34}(?![\w:])/gi;

/** These tell nothing about a person, and are what operators look for in a message. */
const impersonal = new Set([
  'private',
  'loopback',
  'linkLocal',
  'unspecified',
  'broadcast',
  'multicast',
  'carrierGradeNat',
]);

function findAddresses(text: string, found: Found): void {
  if (!text.includes('.') && !text.includes(':')) return;
  for (const { 0: match, index } of text.matchAll(v4)) {
    if (ipaddr.IPv4.isValidFourPartDecimal(match) && !impersonal.has(ipaddr.IPv4.parse(match).range()))
      found(index, index + match.length);
  }
  for (const { 0: match, index } of text.matchAll(v6)) {
    if (ipaddr.IPv6.isValid(match)) found(index, index + match.length);
  }
}
