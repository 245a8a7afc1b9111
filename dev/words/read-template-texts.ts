import { allTemplates } from '../../shared/templates/server/template-catalog.ts';
import { mapTemplate } from '../../shared/templates/server/template-words.ts';

/** The texts of the templates of services, each with the services that have it. */
export async function readTemplateTexts(): Promise<Map<string, string[]>> {
  const found = new Map<string, Set<string>>();
  for (const template of await allTemplates())
    mapTemplate(template, (text) => {
      found.set(text, (found.get(text) ?? new Set()).add(template.data.service));
      return text;
    });
  const texts = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(texts.map(([text, services]) => [text, [...services]]));
}
