import type { JSX } from 'solid-js';

/**
 * The texts of the pages. The English text in the code is the key of each catalogue, so a text is read where it is
 * used, and a translation is a file. A text with values has `{0}`, `{1}`… in its key; a text that counts has its forms
 * in the order of `Intl.PluralRules`, with `|` between them.
 */
export type Catalogue = Readonly<Record<string, string>>;

let catalogue: Catalogue | undefined;
/** For numbers, dates and lists, such as `de-AT`. */
let locale = 'en-GB';
let zone: string | undefined;
let numbers: Intl.NumberFormat | undefined;
let plurals: Intl.PluralRules | undefined;

/** Before the first text is read: a table of words is made when its module is loaded. */
export function setWords(region: { locale: string; timeZone?: string; catalogue?: Catalogue }): void {
  locale = region.locale;
  zone = region.timeZone;
  catalogue = region.catalogue;
  numbers = undefined;
  plurals = undefined;
}

export const currentLocale = (): string => locale;
/** The zone in which times are shown; undefined: that of the browser. */
export const currentTimeZone = (): string | undefined => zone;

const found = (key: string): string => catalogue?.[key] || key;

const placed = (text: string, values: readonly unknown[]): string =>
  text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));

const keyOf = (strings: readonly string[]): string =>
  strings.reduce((key, part, index) => `${key}{${index - 1}}${part}`);

type Value = string | number | null | undefined;

/** `t('Claim')`, and with values t`${done} of ${total} steps`, whose key is `{0} of {1} steps`. */
export function t(text: string): string;
export function t(strings: TemplateStringsArray, ...values: Value[]): string;
export function t(text: string | TemplateStringsArray, ...values: Value[]): string {
  return typeof text === 'string' ? found(text) : placed(found(keyOf(text)), values);
}

/**
 * A sentence with elements in it: rich`Claimed by ${<b>{name()}</b>}`, in the order of the translation. A text that
 * changes is a function, so that the elements beside it stay; an element is never made in one.
 */
export function rich(
  strings: TemplateStringsArray,
  ...values: (JSX.Element | (() => JSX.Element))[]
): JSX.Element {
  const parts = found(keyOf(strings)).split(/\{(\d)\}/);
  return parts.map((part, index) => (index % 2 ? (values[Number(part)] as JSX.Element) : part));
}

/** `counted(n, '{0} step|{0} steps')`: the form for `n`, which is `{0}`; further values are `{1}`, `{2}`… */
export function counted(count: number, text: string, ...values: Value[]): string {
  numbers ??= new Intl.NumberFormat(locale);
  plurals ??= new Intl.PluralRules(locale);
  const forms = found(text).split('|');
  const form = plurals.resolvedOptions().pluralCategories.indexOf(plurals.select(count));
  return placed(forms[form] ?? forms.at(-1) ?? '', [numbers.format(count), ...values]);
}

/** A word of its own inside a sentence: "Severity" becomes "severity". German nouns stay as they are. */
export const inSentence = (word: string): string => (locale.startsWith('de') ? word : word.toLowerCase());
