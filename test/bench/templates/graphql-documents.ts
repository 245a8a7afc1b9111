import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import type { RenderedTemplate } from './check-template.ts';

/** A template that sends a GraphQL document, compared with the schema of its service. */
export interface GraphqlComparison {
  file: string;
  template: RenderedTemplate;
  problems: string[];
}

/** With every schema (`.graphql`) below a folder whose path names the service. */
export function compareGraphql(folder: string, templates: readonly RenderedTemplate[]): GraphqlComparison[] {
  const documents = templates.flatMap((template) => {
    const { body } = template.whole;
    return isObject(body) && typeof body.query === 'string' && /^\s*(?:query|mutation)\b/.test(body.query)
      ? [{ template, query: body.query }]
      : [];
  });
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => {
      const own = documents.filter(({ template }) => file.includes(template.template.data.service));
      if (own.length === 0) return [];
      const schema = buildSchema(readFileSync(join(folder, file), 'utf8'));
      return own.map(({ template, query }) => ({
        file,
        template,
        problems: validate(schema, parse(query)).map(({ message }) => message),
      }));
    });
}
