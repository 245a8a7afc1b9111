import type { PlacedStep, PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf, type Step } from '../../steps/registry.ts';
import type { Catalog } from './catalog.ts';
import { type SchemaAt, schemaAt } from './schema-at.ts';
import { whyNotBefore } from './step-order.ts';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };
const whole = { type: 'integer' };

/** What expressions find in an exception and in a run; attributes are whatever they are. */
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

/** What a reference leads to, or in words why it leads nowhere. */
export type Resolved = { problem: string } | { types: string[] | null; secret: boolean };

export interface ReferenceSource {
  document: PlaybookDocument;
  placed: readonly PlacedStep[];
  byId: ReadonlyMap<string, PlacedStep>;
  catalog: Catalog;
}

/**
 * @param from the step whose expression it is; null for one that is not a step's
 * @param probe schema of `output`, for expressions over a probe's answer
 */
export function resolveReference(
  source: ReferenceSource,
  from: PlacedStep | null,
  names: readonly string[],
  { roots, probe }: { roots: readonly string[]; probe?: Record<string, unknown> | null },
): Resolved {
  const [root = '', ...rest] = names;
  if (!roots.includes(root)) return { problem: `There is no ${root} here: only ${inWords(roots)}` };
  switch (root) {
    case 'exception':
      return answer(names, 1, schemaAt(exceptionSchema, rest));
    case 'run':
      return answer(names, 1, schemaAt(runSchema, rest));
    case 'input':
      return answer(names, 1, schemaAt(source.document.inputSchema, rest));
    case 'steps':
      return resolveStep(source, from, names);
    default:
      return probe ? answer(names, 1, schemaAt(probe, rest)) : { types: null, secret: false };
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
  if (!target) return { problem: `There is no step ${stepId}` };
  const reason = from && whyNotBefore(from, target, byId);
  if (reason) return { problem: reason };
  if (field === 'output') {
    const schema = stepOutputSchema(target.step, catalog);
    return schema ? answer(names, 3, schemaAt(schema, rest)) : { types: null, secret: false };
  }
  const fields = { type: 'object', properties: { ...stepFields, output: {} } };
  return answer(names, 2, schemaAt(fields, names.slice(2)));
}

function answer(names: readonly string[], from: number, found: SchemaAt): Resolved {
  if (!found.known) return { types: null, secret: false };
  if (found.exists) return found;
  const at = names.slice(0, names.indexOf(found.missing, from)).join('.');
  return { problem: `${at} has no ${found.missing}: only ${inWords(found.others.slice(0, 20))}` };
}

/** JSON Schema of what a step leaves behind; null where nobody knows. */
export function stepOutputSchema(step: Step, catalog: Catalog): Record<string, unknown> | null {
  if (step.type === 'decision')
    return { type: 'object', properties: { option: { enum: step.options.map(({ id }) => id) } } };
  if (step.type !== 'call_tool') return definitionOf(step).outputSchema(step);
  const tool = catalog.tool(step.tool, step.version);
  return tool === null || tool === 'no_version' ? null : (tool.definition.outputSchema ?? null);
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
