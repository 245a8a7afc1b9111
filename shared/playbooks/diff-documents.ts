import type { z } from 'zod';
import { pointer } from '../platform/json-pointer.ts';
import { same } from '../tools/diff-definitions.ts';
import { allSteps, type PlacedStep, type PlaybookDocument } from './playbook-document.ts';
import type { playbookChangeSchema } from './playbook-schemas.ts';
import { definitionOf, type Step } from './steps/registry.ts';

export type PlaybookChange = z.infer<typeof playbookChangeSchema>;

/**
 * The changes between two documents. Steps are matched by id. Paths point into the later document; paths of removed
 * parts point into the earlier one.
 * @param before null for a first document
 */
export function diffDocuments(before: PlaybookDocument | null, after: PlaybookDocument): PlaybookChange[] {
  const [was, is] = [before ? allSteps(before) : [], allSteps(after)];
  const [wasById, isById] = [byId(was), byId(is)];
  const moved = movedSteps(was, is);
  const own = before ? diffFields(fieldsOf(before), fieldsOf(after), '', null) : [];
  const removed = was
    .filter(({ step }) => !isById.has(step.id))
    .map(({ step, path }) => change(path, 'removed', `${step.title} removed`, step.id));
  const rest = is.flatMap((placed) => {
    const { step, path } = placed;
    const earlier = wasById.get(step.id);
    if (!earlier) return [change(path, 'added', `${step.title} added`, step.id)];
    const place = moved.has(step.id)
      ? [change(path, 'moved', `${step.title} moved from ${earlier.number} to ${placed.number}`, step.id)]
      : [];
    return [
      ...place,
      ...diffFields(stepFields(earlier.step), stepFields(step), path, step.id),
      ...diffGroups(earlier.step, step, path),
    ];
  });
  return [...own, ...removed, ...rest];
}

const byId = (placed: PlacedStep[]) => new Map(placed.map((each) => [each.step.id, each]));

function fieldsOf({ steps: _, ...fields }: PlaybookDocument): Record<string, unknown> {
  return fields;
}

/** A step without its groups of steps. */
function stepFields(step: Step): Record<string, unknown> {
  const groups = definitionOf(step).inside?.key;
  return Object.fromEntries(Object.entries(step).filter(([key]) => key !== groups));
}

function diffFields(
  was: Record<string, unknown>,
  is: Record<string, unknown>,
  path: string,
  stepId: string | null,
): PlaybookChange[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !same(was[key], is[key]) && !(isNothing(was[key]) && isNothing(is[key])))
    .map((key) => change(pointer(path, key), 'changed', words(key, was[key], is[key]), stepId));
}

/** Branches and options that were added, removed or changed. Changes of their steps are listed separately. */
function diffGroups(before: Step, after: Step, path: string): PlaybookChange[] {
  const [was, is] = [groupFields(before), groupFields(after)];
  const inside = definitionOf(after).inside ?? definitionOf(before).inside;
  if (!inside) return [];
  const { key, noun } = inside;
  const removed = [...was.keys()]
    .filter((id) => !is.has(id))
    .map((id) => change(`${path}/${key}`, 'removed', `${capitalized(noun)} ${id} removed`, after.id));
  const rest = [...is.entries()].flatMap(([id, fields], index) => {
    const at = `${path}/${key}/${index}`;
    const earlier = was.get(id);
    return earlier
      ? diffFields(earlier, fields, at, after.id)
      : [change(at, 'added', `${capitalized(noun)} ${id} added`, after.id)];
  });
  return [...removed, ...rest];
}

function groupFields(step: Step): Map<string, Record<string, unknown>> {
  const groups = definitionOf(step).inside?.groups(step) ?? [];
  return new Map(groups.map(({ steps: _, ...fields }) => [fields.id, fields]));
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Steps that are in another list than before, or in another order among those that stayed. */
function movedSteps(was: PlacedStep[], is: PlacedStep[]): Set<string> {
  const before = new Map(was.map((each) => [each.step.id, listOf(each)]));
  const after = new Map(is.map((each) => [each.step.id, listOf(each)]));
  const moved = new Set(
    [...after].filter(([id, list]) => before.has(id) && before.get(id) !== list).map(([id]) => id),
  );
  const order = new Map(was.map(({ step }, index) => [step.id, index]));
  for (const list of new Set(after.values())) {
    const stayed = is
      .filter((each) => listOf(each) === list && order.has(each.step.id) && !moved.has(each.step.id))
      .map(({ step }) => step.id);
    const kept = new Set(longestInOrder(stayed.map((id) => order.get(id)!)));
    for (const id of stayed) if (!kept.has(order.get(id)!)) moved.add(id);
  }
  return moved;
}

function listOf({ inside }: PlacedStep): string {
  const around = inside.at(-1);
  return around ? `${around.stepId}/${around.groupId}` : '';
}

/** The longest part of the numbers that is in order; the rest has moved. */
function longestInOrder(numbers: readonly number[]): number[] {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const number of numbers) {
    const found = ends.findIndex((end) => end >= number);
    const at = found === -1 ? ends.length : found;
    previous.set(number, ends[at - 1]);
    ends[at] = number;
  }
  const longest: number[] = [];
  for (let each = ends.at(-1); each !== undefined; each = previous.get(each)) longest.unshift(each);
  return longest;
}

function change(
  path: string,
  kind: PlaybookChange['kind'],
  message: string,
  stepId: string | null,
): PlaybookChange {
  return { path, kind, message, stepId };
}

function words(name: string, was: unknown, is: unknown): string {
  if (isNothing(was)) return `${name} set to ${short(is)}`;
  if (isNothing(is)) return `${name} removed (was ${short(was)})`;
  return `${name} changed from ${short(was)} to ${short(is)}`;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
