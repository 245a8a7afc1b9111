import type { Issue } from '../../platform/error-codes.ts';
import type { JsonObject } from '../../platform/json.ts';
import { type ReadExpression, readTexts } from '../../platform/server/expressions/expression-facts.ts';
import { templateFields } from '../../platform/server/expressions/template-fields.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { schemaAt } from '../../platform/server/json-schema/schema-at.ts';
import type { ToolUndo } from '../tool-fields.ts';

const readThere = isolated(
  readTexts,
  new URL('../../platform/server/expressions/expression-facts.ts', import.meta.url).href,
);
const cpuMs = 1000;

interface Schemas {
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | undefined;
}

/** Expressions of an undo that cannot be parsed, or use what there is not, or is not stored. */
export async function checkUndo({ input }: ToolUndo, schemas: Schemas, tenantId: string): Promise<Issue[]> {
  const fields = templateFields(input as JsonObject, '/undo/input');
  const texts = fields.flatMap((field) => field.texts);
  let read: ReadExpression[];
  try {
    read = texts.length === 0 ? [] : await readThere({ cpuMs, tenantId }, texts);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    const message = 'holds expressions that take too long to read';
    return [{ path: '/undo/input', message, keyword: 'expression' }];
  }
  const byText = new Map(texts.map((text, index) => [text, read[index]!]));
  return fields.flatMap(({ path, texts, open }) => {
    if (open) return [{ path, message: '${{ has no closing }}', keyword: 'expression' }];
    return texts.flatMap((text) => issuesOf(path, byText.get(text)!, schemas));
  });
}

function issuesOf(path: string, read: ReadExpression, schemas: Schemas): Issue[] {
  if ('problem' in read) return [{ path, message: read.problem, keyword: 'expression' }];
  const problems = read.facts.references.flatMap(({ names }) => problemOf(names, schemas) ?? []);
  return [...new Set(problems)].map((message) => ({ path, message, keyword: 'reference' }));
}

/** Why a reference names nothing that an undo could use. */
function problemOf(names: readonly string[], { inputSchema, outputSchema }: Schemas): string | null {
  const [root, ...rest] = names;
  if (root !== 'input' && root !== 'output') return `${root} is not available here: only input and output`;
  const schema = root === 'input' ? inputSchema : outputSchema;
  const found = schema ? schemaAt(schema, rest) : null;
  if (!found?.known) return null;
  if (!found.exists) return `${root} has no ${found.missing}: only ${found.others.slice(0, 20).join(', ')}`;
  return found.secret ? `${names.join('.')} is secret: it is not stored, so an undo cannot use it` : null;
}
