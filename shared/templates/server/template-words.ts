import type { WrittenLanguage } from '../../words/languages.ts';
import { mapTexts } from '../../words/map-texts.ts';
import type { Template } from '../template-data.ts';

type Words = Readonly<Record<string, string>>;

const catalogues: Record<Exclude<WrittenLanguage, 'en'>, () => Promise<{ default: Words }>> = {
  de: () => import('../words/de.json', { with: { type: 'json' } }),
};

/** The texts of a template in a language; its names, paths and values are the same. */
export async function templatesIn(
  language: WrittenLanguage = 'en',
  templates: readonly Template[],
): Promise<readonly Template[]> {
  if (language === 'en') return templates;
  const { default: words } = await catalogues[language]();
  const say = (text: string): string => words[text] ?? text;
  return templates.map((template) => mapTemplate(template, say));
}

const textKeys = new Set(['title', 'description']);

/** Every text of a template that people read; the name of a service is the same everywhere. */
export const mapTemplate = ({ id, data, tool }: Template, say: (text: string) => string): Template => ({
  id,
  data: {
    ...data,
    credential: say(data.credential),
    ...(data.parameters && { parameters: mapTexts(data.parameters, textKeys, say) }),
  },
  tool: {
    ...tool,
    title: say(tool.title),
    description: say(tool.description),
    inputs: mapTexts(tool.inputs, textKeys, say),
  },
});
