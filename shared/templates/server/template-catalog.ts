import { z } from 'zod';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import { retrySafety } from '../../tools/providers/registry.ts';
import { toolDefinitionSchema } from '../../tools/tool-definition.ts';
import type { WrittenLanguage } from '../../words/languages.ts';
import type { ServiceTemplates, Template, ToolTemplate } from '../template-data.ts';
import { toolDefinition } from '../template-definitions.ts';
import type { TemplateListInput, TemplateSummary } from '../template-schemas.ts';
import { serviceModules } from './service-modules.ts';
import { templatesIn } from './template-words.ts';

/** Read when someone first looks at them. */
let loaded: Promise<readonly Template[]> | undefined;

/** Every template, by service and name. */
export function allTemplates(): Promise<readonly Template[]> {
  loaded ??= loadTemplates();
  return loaded;
}

async function loadTemplates(): Promise<readonly Template[]> {
  const modules = await Promise.all(serviceModules.map((load) => load()));
  return modules
    .flatMap(({ default: data }) => Object.entries(data.tools).map(([id, tool]) => ({ id, data, tool })))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** @throws InterlockError `not_found` */
export async function findTemplate(id: string, language?: WrittenLanguage): Promise<Template> {
  const found = (await allTemplates()).find((each) => each.id === id);
  if (!found) throw new InterlockError('not_found', 'Template not found.');
  return (await templatesIn(language, [found]))[0]!;
}

const cursorSchema = z.tuple([z.string()]);

/** Those that have every word, by id. @throws InterlockError `invalid_input` for a cursor of another list */
export async function listTemplates({
  q,
  service,
  category,
  language,
  limit,
  cursor,
}: TemplateListInput): Promise<Page<TemplateSummary>> {
  const after = cursor === undefined ? '' : readCursor(cursor, cursorSchema)[0];
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = (await templatesIn(language, await allTemplates())).filter(
    ({ id, data, tool }) =>
      (service === undefined || data.service === service) &&
      (category === undefined || data.category === category) &&
      id > after &&
      words.every((word) => searchText(id, data, tool).includes(word)),
  );
  return pageFrom(fitting, limit, ({ id }) => writeCursor([id]), summaryOf);
}

const searchText = (id: string, data: ServiceTemplates, tool: ToolTemplate): string =>
  `${id} ${data.title} ${data.category} ${tool.title} ${tool.description}`.toLowerCase();

export function summaryOf(template: Template): TemplateSummary {
  const { id, data, tool } = template;
  return {
    id,
    service: data.service,
    serviceTitle: data.title,
    name: id,
    title: tool.title,
    description: tool.description,
    category: data.category,
    auth: tool.baseUrl === undefined ? data.auth.type : 'none',
    scopes: [...tool.scopes],
    safeToRetry: safetyOf(template).safe,
    reference: tool.reference,
  };
}

/** Stands for the connector that a tool has not got yet. */
const anyConnector = '00000000-0000-4000-8000-000000000000';

export const safetyOf = ({ id, data, tool }: Template) =>
  retrySafety(toolDefinitionSchema.parse(toolDefinition(data, id, tool, anyConnector)));
