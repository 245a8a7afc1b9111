import type { Issue } from '../../platform/error-codes.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { type PlaybookDocument, playbookDocumentSchema } from '../playbook-document.ts';

/** A document without the parts whose shape is wrong, so that these do not hide what is wrong with the others. */
interface ReadableParts {
  /** Null when nothing is left to check. */
  document: PlaybookDocument | null;
  /** Whether an issue of that document is one of the document that was sent. */
  holds(issue: Issue): boolean;
}

/** Takes the place of a step that cannot be read: nothing is known of its output. */
const unreadableTool = 'unreadable';

/** @param issues those of the document's shape */
export function readableParts(sent: unknown, issues: readonly Issue[]): ReadableParts {
  const nothing = { document: null, holds: () => false };
  if (!isObject(sent)) return nothing;
  const copy = structuredClone(sent);
  const broken = new Set<string>();
  /** The ids of steps that cannot be read, and of those inside them. */
  const lost = new Set<string>();
  for (const { path } of issues) {
    const at = stepPath(path);
    const field = pointerSteps(path)[0];
    if (field === undefined || path === '/steps') return nothing;
    if (at === null) {
      broken.add(`/${path.split('/')[1]}`);
      delete copy[field];
    } else if (!broken.has(at)) {
      broken.add(at);
      replaceStep(copy, at, lost);
    }
  }
  const parsed = playbookDocumentSchema.safeParse({
    ...copy,
    ...(broken.has('/name') ? { name: 'unnamed' } : {}),
    ...(broken.has('/title') ? { title: 'Untitled' } : {}),
  });
  if (!parsed.success) return nothing;
  return {
    document: parsed.data,
    holds: ({ path, message }) =>
      !isWithin(path, broken) && !(message.match(/[a-z][a-z0-9_]*/g) ?? []).some((word) => lost.has(word)),
  };
}

function isWithin(path: string, places: ReadonlySet<string>): boolean {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (places.has(at)) return true;
  return false;
}

/** The path of the innermost step that contains this place; null outside of steps. */
const stepPath = (path: string): string | null =>
  /^\/steps\/\d+(?:\/[^/]+\/\d+\/steps\/\d+)*/.exec(path)?.[0] ?? null;

function replaceStep(document: Record<string, unknown>, path: string, lost: Set<string>): void {
  const steps = pointerSteps(path);
  const index = steps.pop()!;
  const list = steps.reduce<unknown>(
    (at, key) => (at as Record<string, unknown> | undefined)?.[key],
    document,
  );
  // A step around it was replaced before.
  if (!Array.isArray(list)) return;
  idsIn(list[Number(index)], lost);
  const { id } = isObject(list[Number(index)]) ? list[Number(index)] : {};
  const isId = typeof id === 'string' && /^[a-z][a-z0-9_]{0,62}$/.test(id);
  list[Number(index)] = {
    id: isId ? id : `unreadable_${lost.size}_${index}`,
    type: 'call_tool',
    title: 'Unreadable',
    tool: unreadableTool,
  };
}

function idsIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) idsIn(each, found);
  else if (isObject(value)) {
    if (typeof value.id === 'string') found.add(value.id);
    for (const each of Object.values(value)) idsIn(each, found);
  }
}
