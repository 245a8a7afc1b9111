import type { Issue } from '../../platform/error-codes.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isScalar, type JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { type ReadExpression, readTexts } from '../../platform/server/expressions/expression-facts.ts';
import { bare, expressionsIn } from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { actionRoots, type InboundAction, inboundActionsSchema } from '../inbound-actions.ts';

const factsModule = new URL('../../platform/server/expressions/expression-facts.ts', import.meta.url).href;
const readThere = isolated(readTexts, factsModule);
const cpuMs = 1000;
const maxCharacters = 131_072;

/** These are no templates. */
const plainFields = new Set(['do', 'code']);
const expressionFields = new Set(['when', 'forEach']);

/**
 * The actions as they are stored, or what is wrong with them.
 * @param sent as someone wrote them
 */
export async function checkActions(
  sent: unknown,
  tenantId: string,
): Promise<{ actions: InboundAction[]; issues: Issue[] }> {
  const parsed = inboundActionsSchema.safeParse(sent);
  if (!parsed.success) return { actions: [], issues: issuesOf(parsed.error) };
  const read = await readAll(parsed.data, tenantId);
  if ('problem' in read) return { actions: [], issues: [issueAt('', read.problem)] };
  const issues: Issue[] = [];
  const actions = parsed.data.map((action, index) => checkAction(action, `/${index}`, read.facts, issues));
  return { actions, issues };
}

/** @throws InterlockError `invalid_input` with issues under `/actions` */
export async function checkedActions(sent: unknown, tenantId: string): Promise<InboundAction[]> {
  const { actions, issues } = await checkActions(sent, tenantId);
  if (issues.length === 0) return actions;
  throw new InterlockError('invalid_input', 'The actions are not valid.', {
    issues: issues.map((issue) => ({ ...issue, path: `/actions${issue.path}` })),
  });
}

type Facts = (text: string) => ReadExpression;

/** The facts of every text, read at once in an isolate. */
async function readAll(
  actions: InboundAction[],
  tenantId: string,
): Promise<{ facts: Facts } | { problem: string }> {
  const texts = [...new Set(actions.flatMap((action) => textsIn(action as unknown as JsonValue)))].flatMap(
    (text) => (text.includes('${{') ? expressionsIn(text).texts : [bare(text)]),
  );
  const all = [...new Set(texts)];
  if (all.reduce((sum, text) => sum + text.length, 0) > maxCharacters)
    return { problem: `have more than ${maxCharacters / 1024} kB of text` };
  try {
    const read = all.length === 0 ? [] : await readThere({ cpuMs, tenantId }, all);
    const known = new Map(all.map((text, index) => [text, read[index]!]));
    return { facts: (text) => known.get(text) ?? { problem: 'Not an expression' } };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `have expressions that cannot be read: one ${error.message}` };
  }
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (isScalar(value)) return [];
  return Object.values(value).flatMap(textsIn);
}

function checkAction(action: InboundAction, path: string, facts: Facts, issues: Issue[]): InboundAction {
  const checked = Object.entries(action).map(([field, value]) => {
    const at = pointer(path, field);
    if (plainFields.has(field) || value === undefined) return [field, value];
    if (expressionFields.has(field)) {
      issues.push(...problemsOf(bare(String(value)), at, facts));
      return [field, value];
    }
    return [field, checkTemplate(value as JsonValue, at, facts, issues)];
  });
  if (action.do === 'deliver_event' && (action.event === undefined) === (action.step === undefined))
    issues.push(issueAt(path, 'needs either an event or a step'));
  return Object.fromEntries(checked) as InboundAction;
}

function checkTemplate(value: JsonValue, path: string, facts: Facts, issues: Issue[]): JsonValue {
  if (typeof value === 'string') return checkText(value, path, facts, issues);
  if (isScalar(value)) return value;
  if (Array.isArray(value))
    return value.map((item, index) => checkTemplate(item, pointer(path, String(index)), facts, issues));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, checkTemplate(item, pointer(path, key), facts, issues)]),
  );
}

function checkText(text: string, path: string, facts: Facts, issues: Issue[]): string {
  if (!text.includes('${{')) {
    if (!isExpression(facts(bare(text)))) return text;
    if (text.includes('}}')) issues.push(issueAt(path, 'has }} in an expression: put a space between them'));
    return `\${{ ${text.trim()} }}`;
  }
  const { open, texts } = expressionsIn(text);
  if (open) issues.push(issueAt(path, 'has a ${{ that is not closed'));
  for (const each of texts) issues.push(...problemsOf(each, path, facts));
  return text;
}

/** Whether a text without `${{ }}` is meant as an expression: it uses the delivery, and nothing that is not there. */
function isExpression(read: ReadExpression): boolean {
  if ('problem' in read) return false;
  const { references } = read.facts;
  return references.length > 0 && references.every(({ names }) => isRoot(names[0]));
}

const isRoot = (name: string | undefined): boolean =>
  name === undefined || (actionRoots as readonly string[]).includes(name);

function problemsOf(expression: string, path: string, facts: Facts): Issue[] {
  const read = facts(expression);
  if ('problem' in read) return [issueAt(path, read.problem)];
  const unknown = new Set(
    read.facts.references.flatMap(({ names }) => (isRoot(names[0]) ? [] : [names[0]!])),
  );
  return [...unknown].map((name) =>
    issueAt(path, `uses ${name}, which is not known. Use ${actionRoots.join(', ')}`),
  );
}

const issueAt = (path: string, message: string): Issue => ({ path, message, keyword: 'expression' });
