import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { fieldOf, type JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { t } from '../../../words/words.ts';
import { type Document, groupsAt, stepAt, stepPaths, textOf } from '../parts/outline.ts';
import type { ScopePath } from './completion.ts';
import { splitPath } from './move-step.ts';

/** What is known from outside the document. */
export interface ScopeKnowledge {
  /** JSON Schemas of the attributes of exceptions, by domain. */
  attributes: Readonly<Record<string, JsonSchema>>;
  /** JSON Schemas of the outputs of tools, by name. */
  outputs: Readonly<Record<string, JsonSchema>>;
}

const exceptionFields = [
  'id',
  'number',
  'title',
  'description',
  'domain',
  'severity',
  'status',
  'assignee',
  'source',
  'dueAt',
  'createdAt',
];
const runFields = ['id', 'playbook', 'version', 'startedBy', 'startedAt'];
const stepFields = ['status', 'outcome', 'reason', 'completedBy', 'completedAt'];
const deepest = 4;

/** Everything that an expression of the step at `path` may use; without a path, one of the playbook itself. */
export function scopePaths(document: Document, path: string | null, known: ScopeKnowledge): ScopePath[] {
  const wanted = triggerDomains(document);
  const domains = Object.entries(known.attributes).filter(([name]) => wanted.size === 0 || wanted.has(name));
  const found = [
    ...domains.flatMap(([, schema]) => schemaPaths(schema, 'exception.attributes')),
    { path: 'exception.attributes', detail: 'object' },
    ...exceptionFields.map((name) => ({ path: `exception.${name}`, detail: 'exception' })),
    ...schemaPaths(asSchema(document.inputSchema), 'input'),
    ...(path === null
      ? []
      : earlierSteps(document, path).flatMap((each) => stepScope(document, each, known))),
    ...runFields.map((name) => ({ path: `run.${name}`, detail: 'run' })),
  ];
  return [...new Map(found.map((each) => [each.path, each])).values()];
}

/**
 * Steps that have ended when the one at `path` opens: earlier in reading order, but neither around it nor in another
 * option or branch beside it.
 */
export function earlierSteps(document: Document, path: string): string[] {
  const paths = stepPaths(document);
  return paths
    .slice(0, Math.max(0, paths.indexOf(path)))
    .filter((each) => !path.startsWith(`${each}/`))
    .filter((each) => !isBeside(document, each, path));
}

/** Are both in the same step, but in different options or branches of it? */
function isBeside(document: Document, one: string, other: string): boolean {
  return stepPaths(document).some((around) => {
    const groups = groupsAt(document, around);
    const groupOf = (path: string) => groups.findIndex((group) => path.startsWith(`${group.path}/`));
    const [a, b] = [groupOf(one), groupOf(other)];
    return a >= 0 && b >= 0 && a !== b;
  });
}

function stepScope(document: Document, path: string, known: ScopeKnowledge): ScopePath[] {
  const step = stepAt(document, path);
  const id = textOf(step, 'id');
  if (id === '') return [];
  const base = `steps.${id}`;
  const title = textOf(step, 'title') || t`step ${splitPath(path).index + 1}`;
  const schema = step.form === undefined ? known.outputs[textOf(step, 'tool')] : asSchema(step.form);
  return [
    ...(schema ? schemaPaths(schema, `${base}.output`) : []),
    { path: `${base}.output`, detail: title },
    ...stepFields.map((name) => ({ path: `${base}.${name}`, detail: title })),
  ];
}

/** The properties of a schema, as JSONata paths below `base`. */
export function schemaPaths(schema: JsonSchema, base: string): ScopePath[] {
  const visit = (part: JsonSchema, at: string, depth: number): ScopePath[] => {
    const field = fieldOf(schema, part);
    if (field.kind !== 'object' || depth >= deepest) return [];
    return field.properties.flatMap(({ name, schema: property }) => {
      const path = `${at}.${/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``}`;
      const inner = fieldOf(schema, property);
      const detail = inner.kind === 'string' ? 'text' : inner.kind === 'array' ? 'list' : inner.kind;
      return [{ path, detail }, ...visit(property, path, depth + 1)];
    });
  };
  return visit(schema, base, 0);
}

const asSchema = (value: unknown): JsonSchema => (isObject(value) ? value : {});

function triggerDomains(document: Document): Set<string> {
  const triggers = Array.isArray(document.triggers) ? document.triggers : [];
  return new Set(
    triggers.flatMap((trigger: unknown) =>
      isObject(trigger) && typeof trigger.domain === 'string' && trigger.domain !== ''
        ? [trigger.domain]
        : [],
    ),
  );
}
