import type { z } from 'zod';
import type { TenantConnection } from '../../platform/db/database.ts';
import { durationMs, durationWords } from '../../platform/duration.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import {
  ExpressionError,
  type ExpressionScope,
  evaluateCondition,
  evaluateExpression,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import { redact } from '../../tools/server/tool-service.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import type { dryRunSchema } from '../playbook-schemas.ts';
import type { CallToolStep } from '../steps/call-tool/definition.ts';
import type { DecisionStep } from '../steps/decision/definition.ts';
import type { PlaybookStep } from '../steps/playbook/definition.ts';
import { definitionOf, type Step, stepGroups, stepOutcomes } from '../steps/registry.ts';
import { invalidDocument, parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog } from './checks/catalog.ts';
import { expressionFacts } from './checks/expression-facts.ts';
import { type Hole, inputIssues } from './checks/input-issues.ts';
import { templateFields } from './checks/step-expressions.ts';

type Found = z.infer<typeof dryRunSchema>['steps'][number];

export interface DryRunRequest {
  document: unknown;
  /** As expressions see it. */
  exception: JsonObject | null;
  input: JsonValue;
  /** What people would answer, by step. */
  answers: Record<string, { outcome?: string | undefined; output?: unknown }>;
  startedBy: string;
}

/**
 * Walks a document on an exception; nothing is called and nothing stored. What hangs on a step that has no answer is
 * unknown.
 * @throws InterlockError `invalid_definition` for a document of another shape
 */
export async function dryRun(
  connection: TenantConnection,
  request: DryRunRequest,
): Promise<z.infer<typeof dryRunSchema>> {
  const { document, issues } = parseShape(request.document);
  if (!document) throw invalidDocument(issues);
  return { steps: await walkDocument(document, await loadCatalog(connection, [document]), request) };
}

export async function walkDocument(
  document: PlaybookDocument,
  catalog: Catalog,
  request: Omit<DryRunRequest, 'document'>,
): Promise<Found[]> {
  const walk: Walk = {
    request,
    catalog,
    scope: {
      exception: request.exception,
      input: request.input,
      steps: {},
      run: {
        id: 'dry-run',
        playbook: document.name,
        version: 0,
        startedBy: request.startedBy,
        startedAt: new Date().toISOString(),
      },
    },
    unanswered: new Set(),
    found: [],
  };
  await walkList(walk, document.steps);
  return walk.found;
}

interface Walk {
  request: Omit<DryRunRequest, 'document'>;
  catalog: Catalog;
  scope: ExpressionScope;
  /** Steps that were reached and of which nobody says what they came to. */
  unanswered: Set<string>;
  found: Found[];
}

/** How a list of steps ended: it went through, it ended the run (or branch), or that hangs on an answer. */
type Ending = 'through' | 'ended' | 'unknown';

async function walkList(walk: Walk, steps: readonly Step[]): Promise<Ending> {
  let ending: Ending = 'through';
  for (const step of steps) {
    if (ending === 'ended') pass(walk, step, 'would_skip', 'Not reached: the run has ended before');
    else if (ending === 'unknown') pass(walk, step, 'unknown', 'Whether it is reached hangs on a decision');
    else ending = await walkStep(walk, step);
  }
  return ending;
}

async function walkStep(walk: Walk, step: Step): Promise<Ending> {
  try {
    const applies = await condition(walk, step);
    if (applies === null) {
      pass(walk, step, 'unknown', 'Its condition hangs on a step without an answer');
      return 'through';
    }
    if (!applies) {
      pass(walk, step, 'would_skip', 'Skipped: its condition is not met');
      return 'through';
    }
    return await reach(walk, step);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const issue = { path: error.path, message: error.message, keyword: 'expression' };
    pass(walk, step, 'unknown', 'It could not be opened as it is written', [issue]);
    return 'through';
  }
}

/** Null: it hangs on a step without an answer. */
async function condition(walk: Walk, step: Step): Promise<boolean | null> {
  if (step.when === undefined) return true;
  return hangs(walk, step.when) ? null : evaluateCondition(step.when, walk.scope, '/when');
}

async function reach(walk: Walk, step: Step): Promise<Ending> {
  switch (step.type) {
    case 'call_tool':
      tell(
        walk,
        step,
        'would_wait',
        `Waits for ${who(step)} to run ${step.tool}`,
        await callInput(walk, step),
      );
      return settle(walk, step);
    case 'playbook':
      tell(walk, step, 'would_run', `Runs ${step.playbook}`, await playbookInput(walk, step));
      return settle(walk, step);
    case 'notify': {
      const text = hangs(walk, step.message)
        ? step.message
        : await resolveTemplate(step.message, walk.scope, '/message');
      tell(walk, step, 'would_run', `Tells ${step.to.user ?? `role ${step.to.role}`}: ${String(text ?? '')}`);
      return settle(walk, step, 'sent');
    }
    case 'wait':
      tell(walk, step, 'would_wait', await waitWords(walk, step));
      return settle(walk, step);
    case 'decision':
      return decide(walk, step);
    case 'parallel':
      tell(walk, step, 'would_run', `Begins ${step.branches.length} branches at once`);
      for (const branch of step.branches) await walkList(walk, branch.steps);
      return settle(walk, step, 'completed');
    default:
      tell(walk, step, 'would_wait', `Waits for ${who(step)}`);
      return settle(walk, step);
  }
}

/** @param sure how it ends by itself */
function settle(walk: Walk, step: Step, sure?: string): Ending {
  const answer = walk.request.answers[step.id];
  const own = stepOutcomes(step);
  const outcome = sure ?? answer?.outcome ?? (answer && own[0]?.id);
  if (outcome === undefined && answer === undefined) {
    walk.unanswered.add(step.id);
    return 'through';
  }
  const output = (answer?.output ?? null) as JsonValue;
  walk.scope.steps[step.id] = {
    status: outcome === 'skip' ? 'skipped' : 'completed',
    outcome: outcome ?? null,
    output,
    reason: null,
    completedBy: null,
    completedAt: null,
  };
  const found = walk.found.find(({ stepId }) => stepId === step.id)!;
  found.issues.push(...answerIssues(walk, step, answer?.outcome, output));
  const rejected = step.type === 'approval' && outcome === 'rejected' && step.onReject === 'abort';
  return rejected || outcome === 'abort' ? 'ended' : 'through';
}

function answerIssues(walk: Walk, step: Step, outcome: string | undefined, output: JsonValue): Issue[] {
  const known = [...stepOutcomes(step).map(({ id }) => id), 'skip', 'abort'];
  if (outcome !== undefined && stepOutcomes(step).length > 0 && !known.includes(outcome))
    return [
      {
        path: '/outcome',
        message: `It never ends with ${outcome}: only with ${known.join(', ')}`,
        keyword: 'outcome',
      },
    ];
  const schema = step.type === 'manual' || step.type === 'approval' ? step.form : undefined;
  if (!schema || output === null || !walk.request.answers[step.id]) return [];
  return validateAgainst(schema, output).map((issue) => ({ ...issue, path: `/output${issue.path}` }));
}

async function decide(walk: Walk, step: DecisionStep): Promise<Ending> {
  const chosen = await choice(walk, step);
  const option = step.options.find(({ id }) => id === chosen);
  if (option) {
    tell(walk, step, step.choose ? 'would_run' : 'would_wait', `Goes on with ${option.title}`);
    walk.scope.steps[step.id] = {
      status: 'completed',
      outcome: option.id,
      output: { option: option.id },
      reason: null,
      completedBy: null,
      completedAt: null,
    };
  } else if (chosen === 'skip') {
    tell(walk, step, 'would_skip', 'Skipped, as answered');
    return settle(walk, step);
  } else {
    const why = step.choose
      ? 'The choice hangs on a step without an answer'
      : `Waits for ${who(step)} to choose`;
    tell(walk, step, step.choose ? 'unknown' : 'would_wait', why);
    walk.unanswered.add(step.id);
  }
  let ending: Ending = !option && step.options.some(({ end }) => end) ? 'unknown' : 'through';
  for (const each of step.options) {
    if (!option) for (const inner of each.steps) pass(walk, inner, 'unknown', `Only with ${each.title}`);
    else if (each !== option)
      for (const inner of each.steps) pass(walk, inner, 'would_skip', `Not reached: only with ${each.title}`);
    else {
      const inside = await walkList(walk, each.steps);
      ending = each.end ? 'ended' : inside;
    }
  }
  return ending;
}

/** The id of an option, `skip`, or null when nobody says. */
async function choice(walk: Walk, step: DecisionStep): Promise<string | null> {
  const answer = walk.request.answers[step.id]?.outcome ?? null;
  if (step.choose === undefined || answer !== null) {
    if (answer === null || answer === 'skip' || step.options.some(({ id }) => id === answer)) return answer;
    throw new ExpressionError(`There is no option ${answer}`, '/outcome');
  }
  if (hangs(walk, step.choose)) return null;
  const chosen = await evaluateExpression(step.choose, walk.scope, '/choose');
  if (step.options.some(({ id }) => id === chosen)) return String(chosen);
  const options = step.options.map(({ id }) => id).join(', ');
  throw new ExpressionError(`The choice is none of ${options}`, '/choose');
}

interface ResolvedInput {
  input: JsonValue;
  issues: Issue[];
}

async function callInput(walk: Walk, step: CallToolStep): Promise<ResolvedInput> {
  const { input, holes } = await resolveKnown(walk, step.input);
  const tool = walk.catalog.tool(step.tool, step.version);
  if (tool === null || tool === 'no_version' || tool.archived) {
    const message =
      tool === 'no_version' ? `${step.tool} has no version ${step.version}` : `There is no tool ${step.tool}`;
    return { input: null, issues: [{ path: '/tool', message, keyword: 'tool' }] };
  }
  const issues = inputIssues(tool.definition.inputSchema, input, holes);
  return { input: redact(tool, 'input', input).value, issues };
}

async function playbookInput(walk: Walk, step: PlaybookStep): Promise<ResolvedInput> {
  const { input, holes } = await resolveKnown(walk, step.input);
  const published = walk.catalog.playbook(step.playbook);
  if (!published) {
    const message = `There is no published playbook ${step.playbook}`;
    return { input, issues: [{ path: '/playbook', message, keyword: 'playbook' }] };
  }
  return { input, issues: inputIssues(published.document.inputSchema, input, holes) };
}

/** The template with what is known; what hangs on a step without an answer stays as it is written. */
async function resolveKnown(
  walk: Walk,
  template: JsonValue,
): Promise<{ input: JsonValue; holes: Map<string, Hole> }> {
  const holes = new Map<string, Hole>();
  for (const field of templateFields(template, ''))
    if (field.texts.some((text) => hangs(walk, text)))
      holes.set(field.path, field.whole ? { types: null } : 'text');
  return { input: (await resolve(walk, template, holes, '')) ?? {}, holes };
}

async function resolve(
  walk: Walk,
  template: JsonValue,
  holes: ReadonlyMap<string, Hole>,
  path: string,
): Promise<JsonValue | undefined> {
  if (holes.has(path)) return template;
  if (typeof template === 'string') return resolveTemplate(template, walk.scope, `/input${path}`);
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) {
    const items: JsonValue[] = [];
    for (const [index, item] of template.entries())
      items.push((await resolve(walk, item, holes, pointer(path, index))) ?? null);
    return items;
  }
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(template)) {
    const value = await resolve(walk, item, holes, pointer(path, key));
    if (value !== undefined) object[key] = value;
  }
  return object;
}

/** Does an expression, or one inside of a template, speak of a step that has no answer? */
function hangs({ unanswered }: Walk, text: string): boolean {
  if (unanswered.size === 0) return false;
  const texts = text.includes('${{') ? templateFields(text, '').flatMap((field) => field.texts) : [text];
  return texts.some((each) => {
    const read = expressionFacts(each);
    if ('problem' in read) return false;
    return read.facts.references.some(
      ({ names: [root, stepId] }) => root === 'steps' && (stepId === undefined || unanswered.has(stepId)),
    );
  });
}

async function waitWords(walk: Walk, step: Step & { type: 'wait' }): Promise<string> {
  if (step.event !== undefined) return `Waits for the event ${step.event}`;
  if (step.for !== undefined) return `Waits ${durationWords(durationMs(step.for) ?? 0)}`;
  const until = step.until ?? '';
  if (hangs(walk, until)) return 'Waits until a time that hangs on a step without an answer';
  return `Waits until ${String(await evaluateExpression(until, walk.scope, '/until'))}`;
}

function who(step: Step): string {
  const assignee = 'assignee' in step ? step.assignee : undefined;
  return assignee?.user ?? `role ${assignee?.role ?? definitionOf(step).defaultRole ?? 'operator'}`;
}

function tell(
  walk: Walk,
  step: Step,
  result: Found['result'],
  message: string,
  { input, issues }: ResolvedInput = { input: null, issues: [] },
): void {
  const { id: stepId, title, type } = step;
  walk.found.push({ stepId, title, type, result, message, input, issues: [...issues] });
}

/** A step that is not opened, and the steps inside of it. */
function pass(
  walk: Walk,
  step: Step,
  result: 'would_skip' | 'unknown',
  message: string,
  issues: Issue[] = [],
): void {
  if (result === 'unknown') walk.unanswered.add(step.id);
  else walk.scope.steps[step.id] ??= { status: 'skipped', outcome: null, output: null };
  if (!walk.found.some(({ stepId }) => stepId === step.id))
    tell(walk, step, result, message, { input: null, issues });
  for (const group of stepGroups(step)) for (const inner of group.steps) pass(walk, inner, result, message);
}
