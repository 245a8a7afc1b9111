import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import {
  type ExpressionFacts,
  type ReadExpression,
  readTexts,
  typesIn,
} from '../../platform/server/expressions/expression-facts.ts';
import { type TemplateField, templateFields } from '../../platform/server/expressions/template-fields.ts';
import { bare } from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { type Hole, inputIssues } from '../../platform/server/json-schema/input-issues.ts';
import { schemaAt } from '../../platform/server/json-schema/schema-at.ts';

const readThere = isolated(
  readTexts,
  new URL('../../platform/server/expressions/expression-facts.ts', import.meta.url).href,
);
const cpuMs = 1000;
const maxCharacters = 262_144;

/** A call as far as other calls matter to it. */
export interface GraphCall {
  id: string;
  /** Where it stands in what was sent. */
  path: string;
  payloadPath: string;
  payload: JsonValue;
  when: string | null;
  dependsOn: readonly string[];
  inputSchema: Record<string, unknown>;
  outputSchema: Record<string, unknown> | null;
}

/** What a call needs to know of the others. */
export interface CallLinks {
  /** The calls that end before it, in the order in which they were sent. */
  needs: string[];
  /** Its payload holds expressions, so it is known when they have ended. */
  later: boolean;
}

/** Reads the expressions of all calls, and what they refer to. `links` are complete only where there are no issues. */
export async function readGraph(
  calls: readonly GraphCall[],
  tenantId: string,
): Promise<{ links: Map<string, CallLinks>; issues: Issue[] }> {
  const fields = new Map(calls.map((call) => [call.id, templateFields(call.payload, '')]));
  const texts = [
    ...new Set(
      calls.flatMap(({ id, when }) => [
        ...fields.get(id)!.flatMap((field) => field.texts),
        ...(when === null ? [] : [bare(when)]),
      ]),
    ),
  ];
  const read = await readAll(texts, tenantId);
  if (!read) return { links: new Map(), issues: [tooMuch] };
  const byId = new Map(calls.map((call) => [call.id, call]));
  const order = new Map(calls.map(({ id }, index) => [id, index]));
  const links = new Map<string, CallLinks>();
  const issues: Issue[] = [];
  for (const call of calls) {
    const needs = new Set<string>();
    for (const [index, id] of call.dependsOn.entries()) {
      const path = `${call.path}${pointer('/dependsOn', index)}`;
      if (!byId.has(id)) issues.push({ path, message: `Call ${id} not found`, keyword: 'reference' });
      else needs.add(id);
    }
    const own = fields.get(call.id)!;
    const source: Source = { byId, read, call, needs };
    for (const field of own) issues.push(...fieldIssues(source, field));
    if (call.when !== null) issues.push(...textIssues(source, `${call.path}/when`, bare(call.when)));
    const known = [...needs].sort((a, b) => order.get(a)! - order.get(b)!);
    links.set(call.id, { needs: known, later: own.length > 0 });
    if (own.length > 0) issues.push(...(await payloadIssues(source, own, tenantId)));
  }
  if (issues.length === 0) issues.push(...cycleIssues(calls, links));
  return { links, issues };
}

const tooMuch: Issue = {
  path: '/calls',
  message: `hold expressions that take too long to read, or more than ${maxCharacters / 1024} kB of them`,
  keyword: 'expression',
};

async function readAll(texts: string[], tenantId: string): Promise<Map<string, ReadExpression> | null> {
  if (texts.length === 0) return new Map();
  if (texts.reduce((sum, text) => sum + text.length, 0) > maxCharacters) return null;
  try {
    const read = await readThere({ cpuMs, tenantId }, texts);
    return new Map(texts.map((text, index) => [text, read[index]!]));
  } catch (error) {
    if (error instanceof BudgetError) return null;
    throw error;
  }
}

interface Source {
  byId: ReadonlyMap<string, GraphCall>;
  read: ReadonlyMap<string, ReadExpression>;
  call: GraphCall;
  /** Gets what the expressions refer to. */
  needs: Set<string>;
}

function fieldIssues(source: Source, { path, texts, open }: TemplateField): Issue[] {
  const at = source.call.payloadPath + path;
  if (open) return [{ path: at, message: '${{ has no closing }}', keyword: 'expression' }];
  return texts.flatMap((text) => textIssues(source, at, text));
}

function textIssues(source: Source, path: string, text: string): Issue[] {
  const read = source.read.get(text)!;
  const problems = 'problem' in read ? [read.problem] : referenceProblems(source, read.facts);
  return [...new Set(problems)].map((message) => ({
    path,
    message,
    keyword: 'problem' in read ? 'expression' : 'reference',
  }));
}

function referenceProblems(source: Source, { references }: ExpressionFacts): string[] {
  return references.flatMap(({ names }) => {
    const [, id] = names;
    if (id !== undefined && names[0] === 'calls' && source.byId.has(id)) source.needs.add(id);
    const found = resolve(source, names);
    return 'problem' in found ? [found.problem] : [];
  });
}

const callFields = ['status', 'output', 'failure', 'executionId'];

/** What a reference names: JSON Schema types (null: any), or why it names nothing. */
function resolve(
  { byId, call }: Source,
  names: readonly string[],
): { types: string[] | null } | { problem: string } {
  const [root, id, field, ...rest] = names;
  if (root !== 'calls') return { problem: `${root} is not available here: only calls` };
  if (id === undefined) return { problem: 'calls needs the id of a call: calls.<id>.output' };
  const target = byId.get(id);
  if (!target) return { problem: `Call ${id} not found` };
  if (target === call) return { problem: 'A call cannot use its own result' };
  if (field === undefined) return { types: ['object'] };
  if (!callFields.includes(field))
    return { problem: `calls.${id} has no ${field}: only ${callFields.join(', ')}` };
  if (field === 'status') return { types: ['string'] };
  if (field !== 'output' || !target.outputSchema) return { types: null };
  const found = schemaAt(target.outputSchema, rest);
  if (!found.known) return { types: null };
  if (!found.exists)
    return {
      problem: `calls.${id}.output has no ${found.missing}: only ${found.others.slice(0, 20).join(', ')}`,
    };
  return found.secret
    ? { problem: `${names.join('.')} is secret: it is not stored, so expressions cannot use it` }
    : found;
}

/** What is wrong with a payload whatever its expressions give. */
async function payloadIssues(
  source: Source,
  fields: readonly TemplateField[],
  tenantId: string,
): Promise<Issue[]> {
  const { call, read } = source;
  const holes = new Map<string, Hole>();
  for (const field of fields) {
    const expression = field.whole ? read.get(field.texts[0]!) : undefined;
    if (!field.whole) holes.set(field.path, 'text');
    else
      holes.set(field.path, {
        types:
          expression && 'facts' in expression
            ? typesIn(expression.facts.type, ({ names }) => {
                const found = resolve(source, names);
                return 'problem' in found ? null : found.types;
              })
            : null,
      });
  }
  const issues = await inputIssues(call.inputSchema, call.payload, holes, tenantId);
  return issues.map((issue) => ({ ...issue, path: call.payloadPath + issue.path }));
}

/** The calls that wait for each other in a circle: none of them could begin. */
function cycleIssues(calls: readonly GraphCall[], links: ReadonlyMap<string, CallLinks>): Issue[] {
  const left = new Map(calls.map(({ id }) => [id, new Set(links.get(id)!.needs)]));
  const waitedBy = new Map<string, string[]>();
  for (const [id, needs] of left)
    for (const need of needs) waitedBy.set(need, [...(waitedBy.get(need) ?? []), id]);
  const free = [...left].filter(([, needs]) => needs.size === 0).map(([id]) => id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const waiting of waitedBy.get(id) ?? []) {
      const needs = left.get(waiting)!;
      needs.delete(id);
      if (needs.size === 0) free.push(waiting);
    }
  }
  return calls
    .filter(({ id }) => isInCycle(id, left))
    .map(({ path, id }) => ({
      path: `${path}/dependsOn`,
      message: `Call ${id} waits for itself, through ${[...left.get(id)!].join(', ')}`,
      keyword: 'cycle',
    }));
}

/** Whether a call waits for itself; others of `left` only wait for those. */
function isInCycle(id: string, left: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const waiting = [...(left.get(id) ?? [])];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (each === id) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    waiting.push(...(left.get(each) ?? []));
  }
  return false;
}
