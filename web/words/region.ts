import type { Messages } from '../../shared/words/translate-message.ts';
import { readStored, store } from '../kit/browser-storage.ts';
import { setMessages } from './said.ts';
import { type Catalogue, setWords } from './words.ts';

/** The languages of the pages, by their own names. English is in the code; each other one is a file. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
/** `qps` is no language: it shows which texts are translated. */
export type Language = keyof typeof languages | 'qps';

/** How dates and numbers are written. The first one of a language is its default. */
export const formats: Record<Language, readonly string[]> = {
  en: ['en-GB', 'en-US', 'en-CA', 'en-AU', 'en-IE', 'en-IN'],
  de: ['de-DE', 'de-AT', 'de-CH'],
  qps: ['en-GB'],
};

/** What the person has chosen in this browser; what is left out follows the browser. */
export interface Region {
  language?: Language;
  format?: string;
  timeZone?: string;
}

const storageKey = 'interlock.region';
const catalogues: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>> = {
  de: () => import('./catalogue/de.json'),
  qps: () => import('./catalogue/pseudo.ts'),
};

/** What the server says in each language. */
const messages: Record<Exclude<Language, 'en'>, () => Promise<{ default: Messages }>> = {
  de: () => import('../../shared/words/messages/de.json'),
  qps: () => import('./catalogue/pseudo-messages.ts'),
};

const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(formats, value);

export function isTimeZone(value: unknown): value is string {
  try {
    return typeof value === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}

/** What is stored, without what this version does not know. */
export function chosenRegion(): Region {
  const { language, format, timeZone } = Object(readStored(storageKey)) as Record<string, unknown>;
  return {
    ...(isLanguage(language) && { language }),
    ...(Object.values(formats).flat().includes(String(format)) && { format: String(format) }),
    ...(isTimeZone(timeZone) && { timeZone }),
  };
}

/** The first language of the browser that the pages have. */
export const browserLanguage = (wanted: readonly string[] = navigator.languages): Language =>
  (wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages) as Language) ?? 'en';

/** Stores the choice and loads the page again: tables of words are made once. */
export function chooseRegion(region: Region): void {
  store(storageKey, region);
  location.reload();
}

/** The language of the pages, for texts that the server writes for a person. */
export const currentLanguage = (): 'en' | 'de' => {
  const language = chosenRegion().language ?? browserLanguage();
  return language === 'qps' ? 'en' : language;
};

/** Before anything else of the pages is loaded. */
export async function openRegion(): Promise<void> {
  const region = chosenRegion();
  const language = region.language ?? browserLanguage();
  const { timeZone, format = formats[language][0]! } = region;
  const base = { locale: format, ...(timeZone && { timeZone }) };
  try {
    if (language === 'en') setWords(base);
    else {
      const [texts, said, { createTranslator }] = await Promise.all([
        catalogues[language](),
        messages[language](),
        import('../../shared/words/translate-message.ts'),
      ]);
      setWords({ ...base, catalogue: texts.default });
      setMessages(createTranslator(said.default));
    }
    document.documentElement.lang = language;
  } catch {
    // The file could not be loaded: English is better than nothing.
    setWords({ ...base, locale: 'en-GB' });
  }
}
