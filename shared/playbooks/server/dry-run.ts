import type { z } from 'zod';
import { anyoneWith } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import type { dryRunSchema } from '../playbook-schemas.ts';
import { definitionOf, type Step, stepGroups, stepOutcomes } from '../steps/registry.ts';
import { issue } from '../steps/step-definition.ts';
import { invalidDocument, parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog } from './checks/catalog.ts';
import { coveredBy, type Placement, placementOf } from './checks/covers.ts';
import { readExpressions } from './checks/read-expressions.ts';
import { dependsOnUnanswered, type Known, resolvePlace } from './dry-run-values.ts';
import type { DryRunResult } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';

type Found = z.infer<typeof dryRunSchema>['steps'][number];

export interface DryRunRequest {
  tenantId: string;
  document: unknown;
  /** As expressions see it. */
  exception: JsonObject | null;
  input: JsonValue;
  /** How people would complete steps, by step id. */
  answers: Record<string, { outcome?: string | undefined; output?: unknown }>;
  startedBy: string;
}

/**
 * Simulates a run of a document on an exception. Nothing is called and nothing is stored. What depends on a step without
 * an answer is unknown.
 * @throws InterlockError `invalid_definition` for a document of invalid shape
 */
export async function dryRun(db: Database, request: DryRunRequest): Promise<z.infer<typeof dryRunSchema>> {
  const { document, issues } = parseShape(request.document);
  if (!document) throw invalidDocument(issues);
  const catalog = await db.tenant(request.tenantId, (connection) => loadCatalog(connection, [document]));
  return { steps: await walkDocument(document, catalog, request) };
}

export async function walkDocument(
  document: PlaybookDocument,
  catalog: Catalog,
  request: Omit<DryRunRequest, 'document'>,
): Promise<Found[]> {
  const read = await readExpressions(document, request.tenantId);
  if ('problem' in read) throw invalidDocument([read.problem]);
  const walk: Walk = {
    request,
    tenantId: request.tenantId,
    expressions: read.expressions,
    catalog,
    placement: placementOf(document),
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
    endsAt: performance.now() + maxMs,
  };
  await walkList(walk, document.steps);
  return walk.found;
}

interface Walk extends Known {
  request: Omit<DryRunRequest, 'document'>;
  catalog: Catalog;
  placement: Placement;
  unanswered: Set<string>;
  found: Found[];
  /** By `performance.now()`. */
  endsAt: number;
}

/** Every expression has its own budget; this is the one of all of them. */
const maxMs = 10_000;

/** How a list of steps ends: the run (or branch) continues or ends after it, or that depends on an answer. */
type Ending = 'continues' | 'ended' | 'unknown';

async function walkList(walk: Walk, steps: readonly Step[]): Promise<Ending> {
  let ending: Ending = 'continues';
  for (const step of steps) {
    if (ending === 'ended') pass(walk, step, 'would_skip', 'Not reached: the run ends before it');
    else if (ending === 'unknown') pass(walk, step, 'unknown', 'Depends on a decision');
    else ending = await walkStep(walk, step);
  }
  return ending;
}

async function walkStep(walk: Walk, step: Step): Promise<Ending> {
  if (performance.now() > walk.endsAt) {
    pass(walk, step, 'unknown', `Not reached: the dry run took longer than ${maxMs / 1000} s`);
    return 'continues';
  }
  try {
    const applies = await condition(walk, step);
    if (applies === null) {
      pass(walk, step, 'unknown', 'Its condition depends on a step without an answer');
      return 'continues';
    }
    if (!applies) {
      pass(walk, step, 'would_skip', 'Skipped: its condition is not met');
      return 'continues';
    }
    return await reach(walk, step);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const issues = [issue(error.path, error.message, 'expression')];
    pass(walk, step, 'unknown', 'This step cannot be opened', issues);
    return 'continues';
  }
}

/** Null: it depends on a step without an answer. */
async function condition(walk: Walk, step: Step): Promise<boolean | null> {
  if (step.when === undefined) return true;
  return dependsOnUnanswered(walk, step.when)
    ? null
    : evaluateCondition(step.when, walk.scope, '/when', walk.tenantId);
}

async function reach(walk: Walk, step: Step): Promise<Ending> {
  const answer = walk.request.answers[step.id];
  const places = definitionOf(step).expressions(step);
  const found = await runnerOf(step).dryRun(step, {
    catalog: walk.catalog,
    tenantId: walk.tenantId,
    answer,
    who: whoCompletes(step),
    covers: coveredBy(walk.placement.byId.get(step.id)!, walk.placement).map((each) => each.step),
    resolve: async (path) => {
      const place = places.find((each) => each.atOpening && each.path === path);
      if (!place) throw new Error(`${step.type} resolves no expression at ${path}`);
      return resolvePlace(walk, place);
    },
  });
  record(walk, step, found.result, found.message, found);
  const { inside } = definitionOf(step);
  if (!inside) return settle(walk, step, found);
  if (!inside.together) return walkChosen(walk, step, found);
  for (const group of stepGroups(step)) await walkList(walk, group.steps);
  return settle(walk, step, found);
}

/** Walks the group that the step's outcome names. */
async function walkChosen(walk: Walk, step: Step, found: DryRunResult): Promise<Ending> {
  const groups = stepGroups(step);
  let ending = await settle(walk, step, found);
  if (found.outcome === undefined && groups.some(({ end }) => end)) ending = 'unknown';
  for (const { id, title, steps, end } of groups) {
    if (found.outcome === undefined) passAll(walk, steps, 'unknown', `Only if ${title} is chosen`);
    else if (id !== found.outcome) passAll(walk, steps, 'would_skip', `Not reached: ${title} is not chosen`);
    else {
      const inside = await walkList(walk, steps);
      ending = end ? 'ended' : inside;
    }
  }
  return ending;
}

/** Records how the step ends, with the answer if there is one. */
async function settle(walk: Walk, step: Step, found: DryRunResult): Promise<Ending> {
  const definition = definitionOf(step);
  const answer = walk.request.answers[step.id];
  const usual = answer && !definition.inside ? stepOutcomes(step)[0]?.id : undefined;
  const outcome = found.outcome ?? answer?.outcome ?? usual;
  if (outcome === undefined && (answer === undefined || definition.inside)) {
    walk.unanswered.add(step.id);
    return 'continues';
  }
  const output = found.output ?? ((answer?.output ?? null) as JsonValue);
  walk.scope.steps[step.id] = {
    status: outcome === 'skip' ? 'skipped' : 'completed',
    outcome: outcome ?? null,
    output,
    reason: null,
    completedBy: null,
    completedAt: null,
  };
  const entry = walk.found.find(({ stepId }) => stepId === step.id)!;
  if (outcome !== undefined) entry.outcome = outcome;
  entry.issues.push(...(await answerIssues(walk, step, answer?.outcome, output)));
  const ends = outcome !== undefined && ['abort', ...definition.endsRunWith(step)].includes(outcome);
  return ends ? 'ended' : 'continues';
}

async function answerIssues(
  walk: Walk,
  step: Step,
  outcome: string | undefined,
  output: JsonValue,
): Promise<Issue[]> {
  const own = stepOutcomes(step).map(({ id }) => id);
  const known = [...own, ...definitionOf(step).furtherOutcomes, 'skip', 'abort'];
  if (outcome !== undefined && own.length > 0 && !known.includes(outcome))
    return [issue('/outcome', `${step.id} has no outcome ${outcome}: only ${known.join(', ')}`, 'outcome')];
  const schema = definitionOf(step).form(step);
  if (!schema || output === null || !walk.request.answers[step.id]) return [];
  const issues = await validateAgainst(schema, output, walk.tenantId);
  return issues.map((each) => ({ ...each, path: `/output${each.path}` }));
}

/** "any operator", or the user as the step names them. */
function whoCompletes(step: Step): string {
  const definition = definitionOf(step);
  const assignee = definition.human(step)?.assignee;
  return assignee?.user ?? anyoneWith(assignee?.role ?? definition.defaultRole ?? 'operator');
}

function record(
  walk: Walk,
  step: Step,
  result: Found['result'],
  message: string,
  { input = null, issues = [] }: Pick<DryRunResult, 'input' | 'issues'> = {},
): void {
  const { id: stepId, title, type } = step;
  walk.found.push({ stepId, title, type, result, message, input, issues: [...issues] });
}

/** A step that is not opened, and the steps inside it. */
function pass(
  walk: Walk,
  step: Step,
  result: 'would_skip' | 'unknown',
  message: string,
  issues: Issue[] = [],
): void {
  if (result === 'unknown') walk.unanswered.add(step.id);
  else walk.scope.steps[step.id] ??= { status: 'skipped', outcome: null, output: null };
  if (!walk.found.some(({ stepId }) => stepId === step.id)) record(walk, step, result, message, { issues });
  for (const { steps } of stepGroups(step)) passAll(walk, steps, result, message);
}

function passAll(
  walk: Walk,
  steps: readonly Step[],
  result: 'would_skip' | 'unknown',
  message: string,
): void {
  for (const step of steps) pass(walk, step, result, message);
}
