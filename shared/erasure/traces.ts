import { personOf } from '../identity/roles.ts';
import { numberText } from '../platform/exact-number.ts';
import { isNumber, isScalar, type JsonObject, type JsonValue, mapInner } from '../platform/json.ts';

/** How a person is found in what is stored, and what takes their place. Pure. */

/** The account of a member or of a former one. */
export interface PersonAccount {
  id: string;
  /** Those that it has had in this organization. */
  names: string[];
  email: string | null;
}

export interface Person {
  account: PersonAccount | null;
  /** Exact values: email addresses, phone numbers, full names. */
  values: string[];
}

/** In place of a value. Every part of the product takes it for redacted personal data. */
export const erasedMark = '[redacted:erased]';
/** In place of a name of an account. */
export const erasedName = 'Erased person';

export const fewestCharacters = 4;
/** A number of fewer digits is more likely an amount. */
const fewestDigits = 7;

const letters = '\\p{L}\\p{N}';
const separators = '[\\s().\\/-]*';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const isPhone = (value: string): boolean => /^\+?[\d\s()./-]+$/.test(value) && digitsOf(value).length >= 6;
const digitsOf = (value: string): string => value.replace(/\D/g, '');
const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+$/.test(value);

/** The expressions of one value, without what may be around them: they mean the same in JavaScript and in PostgreSQL. */
function formsOf(value: string): string[] {
  if (isPhone(value)) {
    const digits = digitsOf(value);
    const spaced = [...digits].join(separators);
    return [value.startsWith('+') || value.startsWith('00') ? spaced.replace(/^0[^\d]*0[^\d]*/, '') : spaced];
  }
  const [mailbox = '', domain = ''] = personOf(value).split('@');
  // A tag is of the same mailbox.
  const form = isEmail(value)
    ? `${escaped(mailbox)}(?:(?:\\+|%2B)[^@%\\s"]{1,64})?(?:@|%40)${escaped(domain)}`
    : escaped(value).replace(/\s+/g, '(?:\\s+|%20|\\+)');
  const encoded = escaped(encodeURIComponent(isEmail(value) ? personOf(value) : value));
  return form === encoded ? [form] : [form, encoded];
}

/** As whole words: "ana@a.example" is no part of "susana@a.example" or "ana@a.example.org". For JavaScript. */
function wholeForms(value: string): string[] {
  const [before, after] = isEmail(value)
    ? [`(?<![${letters}._%+-])`, `(?![${letters}-]|\\.[${letters}])`]
    : isPhone(value)
      ? [`(?<![${letters}.])(?:\\+|00|%2B)?`, `(?![${letters}])`]
      : [`(?<![${letters}])`, `(?![${letters}])`];
  return formsOf(value).map((form) => `${before}(?:${form})${after}`);
}

/** What JSON writes of a text, without its quotes. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * For `~*` of PostgreSQL: every row that has a trace matches it; of those that match it, `Eraser` says which have one.
 * @param person with at least one value or an account
 */
export function roughPattern({ account, values }: Person): string {
  const all = allValues(values, account);
  const forms = all.flatMap((value) => [
    ...formsOf(value),
    ...(inJson(value) === value ? [] : formsOf(inJson(value))),
  ]);
  // PostgreSQL may not know the cases of letters beyond ASCII.
  const cases = all.flatMap((value) => [escaped(value.toLowerCase()), escaped(value.toUpperCase())]);
  const names = account?.names.filter(({ length }) => length >= fewestCharacters) ?? [];
  const ids = account ? [account.id, ...names].map(escaped) : [];
  return [...new Set([...forms, ...cases, ...ids])].join('|');
}

const allValues = (values: readonly string[], account: PersonAccount | null): string[] => [
  ...new Set([...values, ...(account?.email ? [account.email] : [])]),
];

/** Reasons quote names. One word alone is more likely another person, or none. */
export const quotedNames = (account: PersonAccount | null): string[] =>
  account?.names.filter((name) => name.includes(' ')) ?? [];

export interface Eraser {
  /** The text with a mark for each value; the same text when it has none. */
  text(text: string): string;
  /** The same in every text, key and number of a value; and the names beside the id of the account. */
  json(value: JsonValue): JsonValue;
  /** The same for the name of an actor: a name says nothing about whose it is, so only addresses and numbers count. */
  actorName(name: string): string;
  /** Whether this is a name of the account, and nothing else. */
  isName(text: string): boolean;
  /** Whether this is the mailbox of the person. */
  isMailbox(text: string): boolean;
}

/** What rows say about the person of an account, besides its id. */
const isAboutThem = (key: string): boolean =>
  /(?:^|_)(?:name|person|email)$|(?:Name|Person|Email)$/.test(key);

/** @param further values that are marks of the redaction, and so not within other words */
export function createEraser({ account, values }: Person, further: readonly string[] = []): Eraser {
  const all = allValues(values, account);
  const patternOf = (of: readonly string[]): RegExp => new RegExp(of.join('|') || '(?!)', 'giu');
  const pattern = patternOf([...all.flatMap(wholeForms), ...further.map(escaped)]);
  const inNames = patternOf(all.filter((value) => isEmail(value) || isPhone(value)).flatMap(wholeForms));
  const numbers = new Set(
    all
      .map((value) => digitsOf(value))
      .filter((digits, index) => isPhone(all[index]!) && digits.length >= fewestDigits),
  );
  const mailboxes = new Set(all.filter(isEmail).map(personOf));
  const text = (of: string): string => of.replace(pattern, erasedMark);

  function json(value: JsonValue): JsonValue {
    if (typeof value === 'string') return text(value);
    if (isNumber(value)) return numbers.has(numberText(value)) ? erasedMark : value;
    if (isScalar(value)) return value;
    const mapped = mapInner(value, text, json);
    return !isScalar(mapped) && !Array.isArray(mapped) && isOfAccount(mapped) ? withoutNames(mapped) : mapped;
  }
  const isOfAccount = (value: JsonObject): boolean =>
    account !== null && Object.values(value).some((each) => each === account.id);
  const withoutNames = (value: JsonObject): JsonObject =>
    Object.entries(value).some(([key, each]) => isAboutThem(key) && isOther(each))
      ? Object.fromEntries(
          Object.entries(value).map(([key, each]) => [
            key,
            isAboutThem(key) && isOther(each) ? erasedName : each,
          ]),
        )
      : value;
  const isOther = (value: JsonValue): boolean =>
    typeof value === 'string' && value !== erasedName && value !== erasedMark;

  return {
    text,
    json,
    actorName: (name) => name.replace(inNames, erasedMark),
    isName: (of) => account?.names.includes(of) ?? false,
    isMailbox: (of) => mailboxes.has(personOf(of)),
  };
}
