import type { Issue } from '../platform/error-codes.ts';
import { pointer } from '../platform/json-pointer.ts';
import type { ServiceTemplates, TemplateParameter, ToolTemplate } from './template-data.ts';

const placeholder = /\{(\w+)\}/g;
const usualPattern = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?';
const maxLength = 256;

export const patternOf = ({ pattern }: TemplateParameter): RegExp =>
  new RegExp(`^(?:${pattern ?? usualPattern})$`);

/** What is missing, wrong or not asked for, each at its place. */
export function checkParameters(
  { parameters = {} }: ServiceTemplates,
  values: Readonly<Record<string, string>>,
): Issue[] {
  const at = (name: string) => pointer('/parameters', name);
  const wrong = Object.entries(parameters).flatMap(([name, parameter]): Issue[] => {
    const value = values[name];
    const { title, example } = parameter;
    if (value === undefined)
      return [{ path: at(name), message: `${title} is required, such as ${example}`, keyword: 'required' }];
    if (value.length <= maxLength && patternOf(parameter).test(value)) return [];
    return [{ path: at(name), message: `${title} must look like ${example}`, keyword: 'pattern' }];
  });
  const unknown = Object.keys(values)
    .filter((name) => !Object.hasOwn(parameters, name))
    .map((name) => ({ path: at(name), message: `Nothing is called ${name} here`, keyword: 'parameter' }));
  return [...wrong, ...unknown];
}

/** The connector of a service, without a secret. */
export function connectorDefinition(
  data: ServiceTemplates,
  values: Readonly<Record<string, string>>,
): {
  kind: 'rest';
  title: string;
  baseUrl: string;
  headers: Record<string, string>;
  auth: Record<string, unknown>;
} {
  const fill = (text: string) => text.replace(placeholder, (whole, name) => values[name] ?? whole);
  const filled = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fill(text)]));
  return {
    kind: 'rest',
    title: data.title,
    baseUrl: fill(data.baseUrl),
    headers: filled(data.headers ?? {}),
    auth: Object.fromEntries(
      Object.entries(data.auth).map(([key, value]) => [key, typeof value === 'string' ? fill(value) : value]),
    ),
  };
}

/** Whether a connector with this base URL calls the service, whatever its parameters are. */
export function callsService({ baseUrl, parameters = {} }: ServiceTemplates, url: string): boolean {
  const source = baseUrl
    .split(placeholder)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      return `(?:${parameters[part]?.pattern ?? usualPattern})`;
    })
    .join('');
  return new RegExp(`^${source}$`).test(url);
}

/** The definition of the tool of a template; one with an address of its own has no connector. */
export function toolDefinition(
  data: ServiceTemplates,
  name: string,
  template: ToolTemplate,
  connectorId: string | null,
): Record<string, unknown> {
  const { method, baseUrl, path, query, headers, body, bodyType, transform } = template;
  return {
    name,
    title: template.title,
    description: template.description,
    type: 'http',
    category: data.category,
    tags: [data.service],
    inputSchema: inputSchemaOf(template),
    outputSchema: template.output,
    auth: { type: baseUrl === undefined ? 'inherit' : 'none' },
    ...(template.idempotent && { idempotent: true }),
    config: {
      ...(baseUrl === undefined ? { connectorId, path } : { url: `${baseUrl}${path}` }),
      method,
      ...(query && { query }),
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      ...(bodyType && { bodyType }),
      ...(transform !== undefined && { transform }),
    },
  };
}

export function inputSchemaOf({ inputs, required, sample }: ToolTemplate): Record<string, unknown> {
  return {
    type: 'object',
    additionalProperties: false,
    required: [...required],
    properties: inputs,
    examples: [sample],
  };
}
