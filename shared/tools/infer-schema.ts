import { z } from 'zod';
import { isNumber, isScalar, type JsonValue } from '../platform/json.ts';
import { pointer } from '../platform/json-pointer.ts';
import { writeJson } from '../platform/json-text.ts';
import { isSecretName } from './http/literal-secrets.ts';

export const inferSchemaInputSchema = z.object({
  /** One or several JSON documents, one after the other. */
  text: z.string().min(1).max(5_242_880).optional(),
  /** The same as values. */
  examples: z.array(z.unknown()).min(1).max(1000).optional(),
  /** Texts of which only few different ones occur become an enum. */
  enums: z.boolean().default(false),
  /** What the schema is of: secrets of an input are marked as `writeOnly`, those of an output as `x-secret`. */
  of: z.enum(['input', 'output']).default('input'),
});
export type InferSchemaInput = z.output<typeof inferSchemaInputSchema>;

export const inferredSchemaSchema = z.object({
  schema: z.record(z.string(), z.unknown()),
  /** How many examples there were. */
  examples: z.int(),
  /** JSON Pointers into the schema: their names look like those of secrets, so they are marked as such. */
  secrets: z.array(z.string()),
});
export type InferredSchema = z.output<typeof inferredSchemaSchema>;

/** What was seen at one place. */
interface Shape {
  seen: number;
  nulls: number;
  booleans: number;
  integers: number;
  numbers: number;
  strings: number;
  /** Formats that every text has had. */
  formats: Set<Format> | null;
  /** Different texts; null: too many to be a choice. */
  texts: Map<string, number> | null;
  objects: number;
  fields: Map<string, Shape>;
  arrays: number;
  items: Shape | null;
}

const newShape = (): Shape => ({
  seen: 0,
  nulls: 0,
  booleans: 0,
  integers: 0,
  numbers: 0,
  strings: 0,
  formats: null,
  texts: new Map(),
  objects: 0,
  fields: new Map(),
  arrays: 0,
  items: null,
});

/** A schema may be nested 64 levels deep, of which an object takes two. */
const deepest = 28;
/** An object with more different keys is a table: its keys are data. */
const mostFields = 100;
const mostChoices = 10;
const longestText = 200;

/** A schema that every one of these values matches. */
export function inferSchema(
  examples: readonly JsonValue[],
  { enums = false, of = 'input' }: Partial<Pick<InferSchemaInput, 'enums' | 'of'>> = {},
): InferredSchema {
  const shape = newShape();
  for (const example of examples) look(shape, example, 0);
  const secrets: string[] = [];
  const mark = of === 'input' ? 'writeOnly' : 'x-secret';
  return { schema: schemaOf(shape, '', { enums, mark, secrets }), examples: examples.length, secrets };
}

function look(shape: Shape, value: JsonValue, depth: number): void {
  shape.seen += 1;
  if (depth > deepest) return;
  if (value === null) shape.nulls += 1;
  else if (typeof value === 'boolean') shape.booleans += 1;
  else if (isNumber(value)) {
    if (/^-?\d+$/.test(writeJson(value))) shape.integers += 1;
    else shape.numbers += 1;
  } else if (typeof value === 'string') lookAtText(shape, value);
  else if (isScalar(value)) return;
  else if (Array.isArray(value)) {
    shape.arrays += 1;
    if (value.length > 0) shape.items ??= newShape();
    for (const item of value) look(shape.items!, item, depth + 1);
  } else {
    shape.objects += 1;
    for (const [key, item] of Object.entries(value)) {
      // A schema may not name it.
      if (key === '__proto__') continue;
      let field = shape.fields.get(key);
      if (!field) {
        field = newShape();
        shape.fields.set(key, field);
      }
      look(field, item, depth + 1);
    }
  }
}

function lookAtText(shape: Shape, text: string): void {
  shape.strings += 1;
  shape.formats = new Set(
    [...(shape.formats ?? formatNames)].filter((format) => text.length <= 2048 && formats[format](text)),
  );
  if (!shape.texts) return;
  shape.texts.set(text, (shape.texts.get(text) ?? 0) + 1);
  if (shape.texts.size > mostChoices || text.length > longestText) shape.texts = null;
}

interface Making {
  enums: boolean;
  mark: 'writeOnly' | 'x-secret';
  secrets: string[];
}

function schemaOf(shape: Shape, path: string, making: Making): Record<string, unknown> {
  const types = [
    shape.objects > 0 && 'object',
    shape.arrays > 0 && 'array',
    shape.strings > 0 && 'string',
    shape.numbers > 0 ? 'number' : shape.integers > 0 && 'integer',
    shape.booleans > 0 && 'boolean',
    shape.nulls > 0 && 'null',
  ].filter((type) => type !== false);
  // Nothing is known of what lies too deep.
  const looked = shape.objects + shape.arrays + shape.strings + shape.numbers + shape.integers;
  if (looked + shape.booleans + shape.nulls < shape.seen || types.length === 0) return {};
  return {
    type: types.length === 1 ? types[0] : types,
    ...textSchema(shape, types, making),
    ...objectSchema(shape, path, making),
    ...(shape.items && { items: schemaOf(shape.items, `${path}/items`, making) }),
  };
}

function textSchema(
  { texts, strings, formats: found }: Shape,
  types: readonly string[],
  { enums }: Making,
): Record<string, unknown> {
  const [format] = found ?? [];
  if (format) return { format };
  const choices = enums && texts && strings > texts.size && types.every((type) => type === 'string');
  return choices ? { enum: [...texts.keys()].sort() } : {};
}

function objectSchema({ objects, fields }: Shape, path: string, making: Making): Record<string, unknown> {
  if (objects === 0) return {};
  if (fields.size > mostFields) {
    const all = merged([...fields.values()]);
    return { additionalProperties: schemaOf(all, `${path}/additionalProperties`, making) };
  }
  const properties = [...fields].map(([name, field]) => {
    const place = pointer(`${path}/properties`, name);
    const schema = schemaOf(field, place, making);
    if (!isSecret(name, field)) return [name, schema] as const;
    making.secrets.push(place);
    const { enum: _choices, ...rest } = schema;
    return [name, { ...rest, [making.mark]: true }] as const;
  });
  const required = [...fields].filter(([, field]) => field.seen === objects).map(([name]) => name);
  return {
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

/** A text or a number under a name for secrets. */
const isSecret = (name: string, { strings, integers, numbers }: Shape): boolean =>
  strings + integers + numbers > 0 && isSecretName(name);

function merged(shapes: readonly Shape[]): Shape {
  const all = newShape();
  const counts = [
    'seen',
    'nulls',
    'booleans',
    'integers',
    'numbers',
    'strings',
    'objects',
    'arrays',
  ] as const;
  const fields = new Map<string, Shape[]>();
  const items: Shape[] = [];
  for (const shape of shapes) {
    for (const count of counts) all[count] += shape[count];
    if (shape.strings > 0)
      all.formats = new Set([...(all.formats ?? formatNames)].filter((format) => shape.formats?.has(format)));
    for (const [name, field] of shape.fields) fields.set(name, [...(fields.get(name) ?? []), field]);
    if (shape.items) items.push(shape.items);
  }
  all.texts = null;
  all.fields = new Map([...fields].map(([name, each]) => [name, merged(each)]));
  all.items = items.length > 0 ? merged(items) : null;
  return all;
}

const day = (text: string): boolean => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(date) >= 1 && Number(date) <= last;
};

/** Narrower than the formats themselves: what has one here has it there too. The first that all texts have is taken. */
const formats = {
  'date-time': (text: string) =>
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(
      text,
    ) && day(text.slice(0, 10)),
  date: day,
  uuid: (text: string) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(text),
  email: (text: string) =>
    text.length <= 254 &&
    /^[a-z0-9_+-]{1,64}(\.[a-z0-9_+-]{1,32}){0,4}@([a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?\.){1,8}[a-z]{2,24}$/i.test(
      text,
    ),
  uri: (text: string) =>
    /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?([/?#]([\w\-./?=&+~:,;@!$*'()]|%[0-9a-f]{2})*)?$/i.test(
      text,
    ),
};
type Format = keyof typeof formats;
const formatNames = Object.keys(formats) as Format[];

/**
 * The JSON documents of a text, one after the other: with or without line ends, commas or empty lines between them.
 * @returns their texts; the last one may be broken
 */
export function splitDocuments(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = -1;
  let quoted = false;
  const end = (at: number) => {
    if (from >= 0) found.push(text.slice(from, at));
    from = -1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') {
        quoted = false;
        if (depth === 0) end(at + 1);
      }
      continue;
    }
    const separates = depth === 0 && /[\s,]/.test(char);
    if (separates) end(at);
    else {
      if (depth === 0 && (char === '{' || char === '[' || char === '"')) end(at);
      if (from < 0) from = at;
      if (char === '"') quoted = true;
      else if (char === '{' || char === '[') depth += 1;
      else if (char === '}' || char === ']') {
        depth -= 1;
        if (depth <= 0) {
          depth = 0;
          end(at + 1);
        }
      }
    }
  }
  end(text.length);
  return found;
}
