import type { WrittenLanguage } from './languages.ts';
import { createTranslator, type Messages } from './translate-message.ts';

/** Writes to a person in their language. */
export interface Speaker {
  /** say`${name} invites you`: the text with its values as they are. */
  say(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string;
  /** A finished message: its English, or what that is in this language. */
  said(message: string): string;
}

const catalogues: Record<Exclude<WrittenLanguage, 'en'>, () => Promise<{ default: Messages }>> = {
  de: () => import('./messages/de.json', { with: { type: 'json' } }),
};

const speakers = new Map<WrittenLanguage, Promise<Speaker>>();

export function speakerOf(language: WrittenLanguage = 'en'): Promise<Speaker> {
  const known = speakers.get(language) ?? makeSpeaker(language);
  speakers.set(language, known);
  return known;
}

async function makeSpeaker(language: WrittenLanguage): Promise<Speaker> {
  const messages: Messages = language === 'en' ? {} : (await catalogues[language]()).default;
  return {
    say: (strings, ...values) => {
      const key = strings.reduce((all, part, index) => `${all}{${index - 1}}${part}`);
      return (messages[key] ?? key).replace(/\{(\d+)\}/g, (_, place) => String(values[Number(place)] ?? ''));
    },
    said: language === 'en' ? (message) => message : createTranslator(messages),
  };
}
