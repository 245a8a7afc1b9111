import { compareNumbers } from '../platform/exact-number.ts';
import { isNumber } from '../platform/json.ts';
import { pointer } from '../platform/json-pointer.ts';
import { isObject } from '../platform/schema-properties.ts';
import { authView } from './auth/auth-view.ts';
import { type ConnectorDefinition, connectorHosts } from './connectors/registry.ts';
import { providerOf, targetHosts } from './providers/registry.ts';
import type { ToolDefinition } from './tool-definition.ts';
import type { DefinitionChange } from './tool-schemas.ts';

type Impact = DefinitionChange['impact'];
type Side = 'input' | 'output';

/**
 * What changed between two versions, and what may break: a narrower input breaks senders; a wider
 * output, or one with fewer fields, breaks readers.
 */
export function diffDefinitions(before: ToolDefinition, after: ToolDefinition): DefinitionChange[] {
  const { inputSchema: inputBefore, outputSchema: outputBefore, auth: authBefore, ...restBefore } = before;
  const { inputSchema: inputAfter, outputSchema: outputAfter, auth: authAfter, ...restAfter } = after;
  const breaking = breakingPaths(after);
  const impactOf = (path: string): Impact => (breaking.has(path) ? 'breaking' : 'neutral');
  return [
    ...diffSchema(inputBefore, inputAfter, '/inputSchema', 'input'),
    ...diffOutput(outputBefore, outputAfter),
    ...diffValues(authView(authBefore), authView(authAfter), '/auth', () => 'neutral'),
    ...diffValues(restBefore, restAfter, '', impactOf),
    ...diffHosts(before, after),
  ];
}

/** The same call to another host may reach another account, or nothing. */
function diffHosts(before: ToolDefinition, after: ToolDefinition): DefinitionChange[] {
  const [was, is] = [hostsOf(before), hostsOf(after)];
  return before.type === after.type ? hostChange('/config', was, is) : [];
}

const hostChange = (path: string, was: string, is: string): DefinitionChange[] =>
  was === is
    ? []
    : [change(path, 'changed', 'breaking', `Calls go to ${is || 'no host'} instead of ${was || 'none'}`)];

/** What changed between two revisions of a connector. Whom it breaks depends on the tools that use it. */
export function diffConnectors(before: ConnectorDefinition, after: ConnectorDefinition): DefinitionChange[] {
  const { auth: authBefore, ...restBefore } = before;
  const { auth: authAfter, ...restAfter } = after;
  const [was, is] = [before, after].map((each) => connectorHosts(each).toSorted().join(', '));
  return [
    ...diffValues(authView(authBefore), authView(authAfter), '/auth', () => 'neutral'),
    ...diffValues(restBefore, restAfter, '', () => 'neutral'),
    ...hostChange('/baseUrl', was ?? '', is ?? ''),
  ];
}

const hostsOf = (definition: ToolDefinition): string => targetHosts(definition).toSorted().join(', ');

/** Outside the schemas: the name by which others call it, and what determines its output. */
function breakingPaths({ type }: ToolDefinition): Set<string> {
  const fields = providerOf({ type }).breakingFields ?? [];
  return new Set(['/name', '/type', ...fields.map((field) => pointer('/config', field))]);
}

function diffOutput(
  before: ToolDefinition['outputSchema'],
  after: ToolDefinition['outputSchema'],
): DefinitionChange[] {
  if (before && after) return diffSchema(before, after, '/outputSchema', 'output');
  if (!before && !after) return [];
  return [
    before
      ? change('/outputSchema', 'removed', 'breaking', 'The output is no longer checked', before, undefined)
      : change(
          '/outputSchema',
          'added',
          'breaking',
          'The output is now checked: an execution fails when its output does not match',
          undefined,
          after,
        ),
  ];
}

function diffSchema(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
  side: Side,
): DefinitionChange[] {
  if (same(before, after)) return [];
  const propertiesBefore = isObject(before.properties) ? before.properties : {};
  const propertiesAfter = isObject(after.properties) ? after.properties : {};
  const requiredBefore = strings(before.required);
  const requiredAfter = strings(after.required);
  const changes: DefinitionChange[] = [];

  for (const name of new Set([...Object.keys(propertiesBefore), ...Object.keys(propertiesAfter)])) {
    const at = pointer(path, 'properties', name);
    const [was, is] = [propertiesBefore[name], propertiesAfter[name]];
    const required = requiredAfter.includes(name);
    if (was === undefined) {
      // An input that senders do not know yet, or an output that the provider may not send.
      const breaks = required;
      changes.push(
        change(
          at,
          'added',
          breaks ? 'breaking' : 'additive',
          `${name} added${required ? ', required' : ''}`,
          undefined,
          is,
        ),
      );
    } else if (is === undefined) {
      const open = side === 'input' && after.additionalProperties !== false;
      changes.push(change(at, 'removed', open ? 'neutral' : 'breaking', `${name} removed`, was, undefined));
    } else {
      changes.push(
        ...(isObject(was) && isObject(is) ? diffSchema(was, is, at, side) : diffKeyword(was, is, at, side)),
      );
      if (required && !requiredBefore.includes(name)) {
        changes.push(
          change(
            pointer(path, 'required'),
            'changed',
            side === 'input' ? 'breaking' : 'additive',
            `${name} is now required`,
          ),
        );
      }
    }
    if (is !== undefined && requiredBefore.includes(name) && !required) {
      changes.push(
        change(
          pointer(path, 'required'),
          'changed',
          side === 'input' ? 'additive' : 'breaking',
          `${name} is now optional`,
        ),
      );
    }
  }
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (keyword === 'properties' || keyword === 'required') continue;
    const [was, is] = [before[keyword], after[keyword]];
    if (same(was, is)) continue;
    const at = pointer(path, keyword);
    if (keyword === 'items' && isObject(was) && isObject(is)) changes.push(...diffSchema(was, is, at, side));
    else changes.push(...diffKeyword(was, is, at, side, keyword));
  }
  return changes;
}

const silent = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  'deprecated',
  'writeOnly',
  'readOnly',
  'x-secret',
  'x-pii',
  'x-mcp-header',
  '$id',
]);
const lowerBounds = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const upperBounds = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);

function diffKeyword(was: unknown, is: unknown, path: string, side: Side, keyword = ''): DefinitionChange[] {
  if (same(was, is)) return [];
  const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
  const narrowing = narrows(keyword, was, is);
  // A narrower schema breaks senders, a wider one readers; when neither is certain, it counts as breaking.
  const breaks = narrowing === null || narrowing === (side === 'input');
  const impact: Impact = silent.has(keyword) ? 'neutral' : breaks ? 'breaking' : 'additive';
  return [change(path, kind, impact, words(keyword || 'schema', was, is), was, is)];
}

/** Does this change allow fewer values (true) or more (false)? Null: not known. */
function narrows(keyword: string, was: unknown, is: unknown): boolean | null {
  if (lowerBounds.has(keyword)) return bound(was, -Infinity) < bound(is, -Infinity);
  if (upperBounds.has(keyword)) return bound(was, Infinity) > bound(is, Infinity);
  if (keyword === 'enum' || keyword === 'type') {
    if (was === undefined) return true;
    if (is === undefined) return false;
    const [before, after] = [list(was), list(is)];
    const lost = before.some((each) => !after.some((other) => same(each, other)));
    const gained = after.some((each) => !before.some((other) => same(each, other)));
    return lost && gained ? null : lost;
  }
  if (keyword === 'additionalProperties' && typeof was !== 'object' && typeof is !== 'object')
    return is === false;
  if (was === undefined) return true;
  if (is === undefined) return false;
  return null;
}

function diffValues(
  before: unknown,
  after: unknown,
  path: string,
  impact: (path: string) => Impact,
): DefinitionChange[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      diffValues(before[key], after[key], pointer(path, key), impact),
    );
  }
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const shown = path.startsWith('/auth/credentialId')
    ? 'The credential was replaced'
    : words(name, before, after);
  return [change(path, kind, impact(path), shown, before, after)];
}

function change(
  path: string,
  kind: DefinitionChange['kind'],
  impact: Impact,
  message: string,
  before?: unknown,
  after?: unknown,
): DefinitionChange {
  return {
    path,
    kind,
    impact,
    message,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function words(name: string, was: unknown, is: unknown): string {
  if (was === undefined) return `${name} is now ${short(is)}`;
  if (is === undefined) return `${name} is no longer set (was ${short(was)})`;
  return `${name} changed from ${short(was)} to ${short(is)}`;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function bound(value: unknown, open: number): number {
  return isNumber(value) ? Number(value) : open;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function strings(value: unknown): string[] {
  return list(value).filter((each) => typeof each === 'string');
}

/** Equal as JSON, in any order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}
