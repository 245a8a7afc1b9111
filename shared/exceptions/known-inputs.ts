import { isArtifactReference } from '../artifacts/artifact-references.ts';
import type { ArtifactReference } from '../artifacts/artifact-schemas.ts';
import { pointer, pointerSteps } from '../platform/json-pointer.ts';
import { holdsMark } from '../platform/redaction/redaction-mark.ts';
import { partsWithMarks } from '../platform/redaction/schema-marks.ts';
import { isObject, resolveLocalRef } from '../platform/schema-properties.ts';
import type { InputSource, KnownInputs } from './suggestion-schemas.ts';

type Schema = Record<string, unknown>;
export type KnownInput = KnownInputs['items'][number];

/** What an exception knows. Everything is redacted. */
export interface CaseValues {
  /** By the names that `x-from` uses: id, number, title, … */
  fields: Record<string, unknown>;
  attributes: Record<string, unknown>;
  /** By the names that the exception shows. */
  files: readonly { name: string; reference: ArtifactReference }[];
  /** Of its successful executions, newest first. */
  outputs: readonly { executionId: string; tool: string; toolTitle: string; output: unknown }[];
}

const deepest = 5;
const most = 100;
/** Parts of a schema that are looked at. Where parts name each other many times, all ways through them would take for ever. */
const mostParts = 5000;

/**
 * The inputs that an exception knows, without checking their types: what the author of the tool has mapped (`x-from`), and
 * what has exactly the name of a top-level input. Secrets are never among them.
 */
export function knownInputs(root: Schema, values: CaseValues): KnownInput[] {
  const secret = partsWithMarks(root);
  const found: KnownInput[] = [];
  const looked = { parts: 0 };
  const visit = (schema: Schema, at: string, depth: number): void => {
    for (const [name, own] of propertiesOf(root, schema, looked)) {
      if (found.length >= most || looked.parts > mostParts) return;
      const property = resolved(root, own);
      if (!property) continue;
      const path = pointer(at, name);
      const mapping = own['x-from'] ?? property['x-from'];
      // A part with a secret in it is filled piece by piece.
      const whole = !secret.has(own) && !secret.has(property);
      const known = !whole
        ? null
        : typeof mapping === 'string'
          ? mapped(mapping, values)
          : depth === 0
            ? named(name, property, values)
            : null;
      if (known && isWhole(known.value)) found.push({ path, ...known });
      else if (depth < deepest && propertiesOf(root, property, looked).length > 0)
        visit(property, path, depth + 1);
    }
  };
  visit(root, '', 0);
  return found;
}

/** The properties of a schema and of what it says by `$ref` and `allOf`. */
function propertiesOf(
  root: Schema,
  schema: Schema,
  looked: { parts: number },
  depth = 0,
): [string, Schema][] {
  looked.parts += 1;
  if (looked.parts > mostParts || depth > deepest) return [];
  const at = resolved(root, schema);
  if (!at || at['x-file'] === true) return [];
  const own = isObject(at.properties) ? Object.entries(at.properties) : [];
  looked.parts += own.length;
  const more = Array.isArray(at.allOf) ? at.allOf.filter(isObject) : [];
  return [
    ...own.filter((entry): entry is [string, Schema] => isObject(entry[1])),
    ...more.flatMap((each) => propertiesOf(root, each, looked, depth + 1)),
  ];
}

function resolved(root: Schema, schema: Schema): Schema | null {
  let at: unknown = schema;
  for (let hops = 0; hops < deepest && isObject(at) && typeof at.$ref === 'string'; hops++)
    at = resolveLocalRef(root, at.$ref);
  return isObject(at) ? at : null;
}

type Known = { value: unknown; from: InputSource } | null;

/** What has exactly this name, whatever its case and underscores. An attribute goes before an output. */
function named(name: string, property: Schema, { fields, attributes, files, outputs }: CaseValues): Known {
  if (property['x-file'] === true) return fileOf(files, (other) => plain(other) === plain(name));
  const attribute = nameIn(attributes, name);
  if (attribute !== undefined)
    return { value: attributes[attribute], from: { kind: 'attribute', name: attribute } };
  const field = caseNames[plain(name)];
  if (field !== undefined) return { value: fields[field], from: { kind: 'field', name: field } };
  for (const { executionId, toolTitle, output } of outputs) {
    const key = isObject(output) ? nameIn(output, name) : undefined;
    if (key !== undefined && isObject(output))
      return { value: output[key], from: { kind: 'output', name: key, executionId, toolTitle } };
  }
  return null;
}

const caseNames: Record<string, string> = Object.assign(Object.create(null), {
  exceptionid: 'id',
  caseid: 'id',
  exceptionnumber: 'number',
  casenumber: 'number',
});

/** By `case.attributes.order_id`, `case.number`, `case.files.invoice` or `case.outputs.find_order.id`. */
function mapped(mapping: string, { fields, attributes, files, outputs }: CaseValues): Known {
  const [start, kind, ...rest] = mapping.split('.');
  if ((start !== 'case' && start !== 'exception') || kind === undefined) return null;
  const name = rest.join('.');
  if (kind === 'attributes') return { value: valueAt(attributes, rest), from: { kind: 'attribute', name } };
  if (kind === 'files') return fileOf(files, (other) => plain(other) === plain(name));
  if (kind === 'outputs') {
    const [tool, ...path] = rest;
    const of = outputs.find((each) => each.tool === tool);
    if (!of) return null;
    const { executionId, toolTitle, output } = of;
    return {
      value: valueAt(output, path),
      from: { kind: 'output', name: path.join('.'), executionId, toolTitle },
    };
  }
  return rest.length === 0 && Object.hasOwn(fields, kind)
    ? { value: fields[kind], from: { kind: 'field', name: kind } }
    : null;
}

/** A file by its name without its ending. */
function fileOf(files: CaseValues['files'], same: (name: string) => boolean): Known {
  const fitting = files.filter(({ name }) => same(name.replace(/(?<=.)\.[^.]*$/, '')));
  const file = only(fitting);
  return file ? { value: file.reference, from: { kind: 'file', name: file.name } } : null;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[_\s-]/g, '');

/** The names of each object by their plain forms; null: several are the same. Made once, however many inputs there are. */
const plainNames = new WeakMap<object, Map<string, string | null>>();

/** The one name in an object that is the same but for case and separators. */
function nameIn(object: object, name: string): string | undefined {
  let names = plainNames.get(object);
  if (!names) {
    names = new Map();
    for (const key of Object.keys(object)) names.set(plain(key), names.has(plain(key)) ? null : key);
    plainNames.set(object, names);
  }
  return names.get(plain(name)) ?? undefined;
}

/** Of several no one can tell which is meant. */
const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** The input that holds these values. */
export function inputOf(found: readonly KnownInput[]): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { path, value } of found) {
    const steps = pointerSteps(path);
    let at = input;
    for (const step of steps.slice(0, -1)) {
      if (!Object.hasOwn(at, step)) put(at, step, {});
      at = at[step] as Record<string, unknown>;
    }
    put(at, steps.at(-1) ?? '', value);
  }
  return input;
}

/** Also where the name is `__proto__`. */
function put(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** It is there, and nothing in it was redacted. */
function isWhole(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value !== '' && !holdsMark(value);
  if (typeof value !== 'object' || isArtifactReference(value)) return true;
  return Object.values(value).every((each) => each === null || each === '' || isWhole(each));
}
