import { createMemo, type JSX } from 'solid-js';

/**
 * The texts of the pages. The English text in the code is the key of each catalogue, so a text is read where it is
 * used, and a translation is a file. A text with values has `{0}`, `{1}`… in its key; a text that counts has its forms
 * in the order of `Intl.PluralRules`, with `|` between them.
 */
export interface Catalogue {
  locale: string;
  texts: Readonly<Record<string, string>>;
}

let locale = 'en-GB';
let texts: Readonly<Record<string, string>> | undefined;
let numbers = new Intl.NumberFormat(locale);
let plurals = new Intl.PluralRules(locale);
let forms = plurals.resolvedOptions().pluralCategories;

/** Before the first text is read: tables of words are read once, when their module is. */
export function useCatalogue(catalogue: Catalogue): void {
  locale = catalogue.locale;
  texts = catalogue.texts;
  numbers = new Intl.NumberFormat(locale);
  plurals = new Intl.PluralRules(locale);
  forms = plurals.resolvedOptions().pluralCategories;
}

export const currentLocale = (): string => locale;

const found = (key: string): string => texts?.[key] || key;

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
 * A sentence with elements in it: rich`Claimed by ${() => <b>{name()}</b>}`. A value that changes is a function.
 * The nodes come in the order of the translation.
 */
export function rich(
  strings: TemplateStringsArray,
  ...values: (JSX.Element | (() => JSX.Element))[]
): JSX.Element {
  const nodes = values.map((value) => (typeof value === 'function' ? createMemo(() => value()) : value));
  const parts = found(keyOf(strings)).split(/\{(\d)\}/);
  return parts.map((part, index) => (index % 2 ? (nodes[Number(part)] as JSX.Element) : part));
}

/** `counted(n, '{0} step|{0} steps')`: the form for `n`, which is `{0}`; further values are `{1}`, `{2}`… */
export function counted(count: number, text: string, ...values: Value[]): string {
  const options = found(text).split('|');
  const form = texts ? forms.indexOf(plurals.select(count)) : count === 1 ? 0 : 1;
  return placed(options[form] ?? options.at(-1) ?? '', [numbers.format(count), ...values]);
}

/** A word of its own inside a sentence: "Severity" becomes "severity". German nouns stay as they are. */
export const inSentence = (word: string): string => (locale.startsWith('de') ? word : word.toLowerCase());
