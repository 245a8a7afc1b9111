import { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';

/** What can be read of a definition although the shape of some of its fields is wrong. */
interface Shape<Whole, Fields> {
  /** Every problem of the shape, each at its place. */
  issues: Issue[];
  /** Whether the shape of these fields is valid; in `whole` and `fields`, defaults replace those that are not. */
  isValid(...fields: string[]): boolean;
  /** Null when a field without a default is wrong. */
  whole: Whole | null;
  /** The fields that every variant has; null when the definition is not an object. */
  fields: Fields | null;
}

/** @param common the fields that every variant of the schema has; besides `name`, they have defaults or are optional */
export function readShape<Whole, Common extends z.ZodRawShape>(
  schema: z.ZodType<Whole>,
  common: Common,
  sent: unknown,
): Shape<Whole, z.output<z.ZodObject<Common>>> {
  const unstorable = checkStorable(sent as JsonValue);
  const broken = new Set(unstorable.map(fieldOf));
  if (!isObject(sent) || broken.has('')) {
    const issues = unstorable.length > 0 ? unstorable : problemsOf(schema, sent);
    return { issues, isValid: () => false, whole: null, fields: null };
  }
  const storable = without(sent, broken);
  // Of an unknown variant, the schema says nothing else.
  const all = [...problemsOf(schema, storable), ...problemsOf(z.object(common), storable)];
  const wrong = [...new Map(all.map((issue) => [`${issue.path}\n${issue.message}`, issue])).values()].filter(
    (issue) => !broken.has(fieldOf(issue)),
  );
  for (const issue of wrong) broken.add(fieldOf(issue));
  const kept = { ...without(storable, broken), ...(broken.has('name') ? { name: 'unnamed' } : {}) };
  return {
    issues: [...unstorable, ...wrong],
    isValid: (...fields) => fields.every((field) => !broken.has(field)),
    whole: schema.safeParse(kept).data ?? null,
    fields: z.object(common).safeParse(kept).data ?? null,
  };
}

const problemsOf = (schema: z.ZodType, sent: unknown): Issue[] => {
  const { error } = schema.safeParse(sent);
  return error ? issuesOf(error) : [];
};

/** The top-level field of an issue; empty for the definition itself. */
const fieldOf = ({ path }: Issue): string => pointerSteps(path)[0] ?? '';

const without = (sent: Record<string, unknown>, fields: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => !fields.has(name)));
