import { type SchemaAt, schemaAt } from '../../../platform/server/json-schema/schema-at.ts';
import type { PlacedStep, PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { JsonSchema, ToolRef } from '../../steps/step-definition.ts';
import type { Catalog } from './catalog.ts';
import type { Expressions } from './read-expressions.ts';
import { whyNotBefore } from './step-order.ts';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };
const whole = { type: 'integer' };

/** What expressions see of an exception and a run. Attributes are open: every domain has its own. */
const exceptionSchema = {
  type: 'object',
  properties: {
    id: text,
    number: whole,
    title: text,
    description: text,
    domain: text,
    severity: text,
    status: text,
    assignee: maybeText,
    source: maybeText,
    dueAt: maybeText,
    createdAt: text,
    attributes: { type: 'object' },
  },
};
const runSchema = {
  type: 'object',
  properties: { id: text, playbook: text, version: whole, startedBy: text, startedAt: text },
};
const stepFields = {
  status: text,
  outcome: maybeText,
  reason: maybeText,
  completedBy: maybeText,
  completedAt: maybeText,
};

/** What a reference names, or why it names nothing. */
export type Resolved = { problem: string } | { types: string[] | null; secret: boolean };

export interface ReferenceSource {
  document: PlaybookDocument;
  placed: readonly PlacedStep[];
  byId: ReadonlyMap<string, PlacedStep>;
  catalog: Catalog;
  expressions: Expressions;
  tenantId: string;
}

/**
 * @param from the step with the expression; null for an expression outside steps
 * @param output schema of `output`, for expressions over the output of a tool
 * @param callsOf the tools of `calls`, for expressions over the calls of a batch
 */
export function resolveReference(
  source: ReferenceSource,
  from: PlacedStep | null,
  names: readonly string[],
  {
    roots,
    output = null,
    callsOf,
  }: {
    roots: readonly string[];
    output?: JsonSchema | null;
    callsOf?: Readonly<Record<string, ToolRef>> | undefined;
  },
): Resolved {
  const [root = '', ...rest] = names;
  if (!roots.includes(root)) return { problem: `${root} is not available here: only ${inWords(roots)}` };
  switch (root) {
    case 'exception':
      return resolved(names, 1, schemaAt(exceptionSchema, rest));
    case 'run':
      return resolved(names, 1, schemaAt(runSchema, rest));
    case 'input':
      return resolved(names, 1, schemaAt(source.document.inputSchema, rest));
    case 'steps':
      return resolveStep(source, from, names);
    case 'calls':
      return resolveCall(source, names, callsOf ?? {});
    default:
      return output ? resolved(names, 1, schemaAt(output, rest)) : { types: null, secret: false };
  }
}

function resolveStep(
  { byId, catalog }: ReferenceSource,
  from: PlacedStep | null,
  names: readonly string[],
): Resolved {
  const [, stepId, field, ...rest] = names;
  if (stepId === undefined) return { types: ['object'], secret: false };
  const target = byId.get(stepId);
  if (!target) return { problem: `Step ${stepId} not found` };
  const reason = from && whyNotBefore(from, target, byId);
  if (reason) return { problem: reason };
  if (field === 'output') {
    const schema = definitionOf(target.step).outputSchema(target.step, (tool) => toolOutput(catalog, tool));
    return schema ? resolved(names, 3, schemaAt(schema, rest)) : { types: null, secret: false };
  }
  const fields = { type: 'object', properties: { ...stepFields, output: {} } };
  return resolved(names, 2, schemaAt(fields, names.slice(2)));
}

function resolveCall(
  { catalog }: ReferenceSource,
  names: readonly string[],
  calls: Readonly<Record<string, ToolRef>>,
): Resolved {
  const [, id, field, ...rest] = names;
  if (id === undefined) return { types: ['object'], secret: false };
  const tool = Object.hasOwn(calls, id) ? calls[id] : undefined;
  if (!tool) return { problem: `Call ${id} not found` };
  if (field === 'output') {
    const schema = toolOutput(catalog, tool);
    return schema ? resolved(names, 3, schemaAt(schema, rest)) : { types: null, secret: false };
  }
  const fields = { type: 'object', properties: { status: text, output: {}, failure: {}, executionId: {} } };
  return resolved(names, 2, schemaAt(fields, names.slice(2)));
}

function resolved(names: readonly string[], from: number, found: SchemaAt): Resolved {
  if (!found.known) return { types: null, secret: false };
  if (found.exists) return found;
  const at = names.slice(0, names.indexOf(found.missing, from)).join('.');
  return { problem: `${at} has no ${found.missing}: only ${inWords(found.others.slice(0, 20))}` };
}

/** JSON Schema of a tool's output; null when the tool is missing or declares none. */
export function toolOutput(catalog: Catalog, { tool: name, version }: ToolRef): JsonSchema | null {
  const tool = catalog.tool(name, version);
  return tool === null || tool === 'no_version' ? null : (tool.definition.outputSchema ?? null);
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
