import { previewOf } from '../../executions/server/preview-call.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { eachOf } from '../../platform/server/each-of.ts';
import { createFewAtOnce } from '../../platform/server/few-at-once.ts';
import { validatePayload } from '../../tools/server/tool-service.ts';
import type { AlikePreview, AlikeStep, BulkItem, LeftOut } from '../bulk-schemas.ts';
import { readRuns } from '../db/playbook-runs.ts';
import { isStepFinal, listStepRuns, type StepRow } from '../db/step-runs.ts';
import { allSteps, type PlacedStep } from '../playbook-document.ts';
import type { StepView } from '../run-schemas.ts';
import { definitionOf } from '../steps/registry.ts';
import { eachStep, mostShownBytes } from './bulk-steps.ts';
import { checkCompletion, checkOutcome, type SentCompletion } from './check-completion.ts';
import { stateOf, submitCompletion } from './complete-step.ts';
import { findStep, type StepRef } from './find-step.ts';
import { loadWholeRuns } from './load-runs.ts';
import type { RunChange, RunRead } from './run-context.ts';
import { toStepView, type WholeRun } from './run-view.ts';
import { alreadyDone, expressionFailed, notApproved, outcomesNow } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';

/** How many requests are made at the same time for one preview. */
const previewsAtOnce = 4;
/** What has not begun after this time is left for the next request. */
const deadlineMs = 25_000;

const previews = createFewAtOnce(4, 'previews of many steps');
const completions = createFewAtOnce(4, 'completions of many steps');

interface Loaded {
  ref: StepRef;
  whole: WholeRun;
  placed: PlacedStep;
  row: StepRow;
  view: StepView;
}

/**
 * What completing these steps would do: those that are the same step of the same version of a playbook as the first that the
 * caller may complete, each with the exact request that it would send; and why the others are left out. Changes nothing.
 * @throws InterlockError `invalid_input` when the completion is invalid for all of them
 */
export async function previewAlike(
  { services, identity }: RunRead,
  { items, ...sent }: SentCompletion & { items: readonly StepRef[] },
): Promise<AlikePreview> {
  const end = previews.begin(identity.tenantId);
  try {
    const found = await load({ services, identity }, items);
    const fit = found.filter((each): each is Loaded => 'view' in each && whyByItself(each) === null);
    const model = fit[0] ?? null;
    if (!model) return { step: null, items: [], leftOut: found.map((each) => leftOut(each, null)) };
    const outcomes = outcomesNow(model.placed.step, model.row);
    const open = sent.outcome === undefined && !outcomes.some(({ byDefault }) => byDefault);
    // The reason may be written after the preview.
    const complete = { ...sent, reason: sent.reason ?? '-' };
    const outcome = open ? null : checkOutcome(outcomes, complete);
    const calls = runnerOf(model.placed.step).toolRequest !== undefined;
    if (calls) refuseInput(sent);
    else if (outcome && sent.input !== undefined)
      await checkCompletion(services, situationOf(model), complete);
    const shown = await eachOf(found, previewsAtOnce, async (each): Promise<AlikeStep | LeftOut> => {
      if (!('view' in each) || whyByItself(each) || !isAlike(each, model)) return leftOut(each, model);
      try {
        return await preview({ services, identity }, each, outcome?.takesInput ? outcome.id : null);
      } catch (error) {
        if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
        return {
          ...about(each),
          why: 'refused',
          message: error.issues?.[0] ? located(error) : error.message,
        };
      }
    });
    const { view, whole, placed } = model;
    return {
      step: {
        id: view.id,
        title: view.title,
        type: view.type,
        playbookTitle: whole.run.playbook_title,
        playbookVersion: whole.run.playbook_version,
        instructions: view.instructions,
        outcomes: view.outcomes,
        outcome: outcome?.id ?? null,
        form: calls ? null : definitionOf(placed.step).form(placed.step),
      },
      items: shown.filter((each): each is AlikeStep => 'digest' in each),
      leftOut: shown.filter((each): each is LeftOut => 'why' in each),
    };
  } finally {
    end();
  }
}

/** Of a completion of many steps. */
export interface CompleteAlikeRequest extends SentCompletion {
  items: readonly (StepRef & { digest: string })[];
  requestId: string;
}

/**
 * Completes steps that are alike, each under the lock of its own rows and with the digest of its preview. Sent again with the
 * same `requestId`, it completes those that are left, and nothing twice. @returns what became of each
 * @throws InterlockError `invalid_input`, also when they are not alike; then nothing was done
 */
export async function completeAlike(
  context: RunChange,
  { items, requestId, ...sent }: CompleteAlikeRequest,
): Promise<BulkItem[]> {
  const { services, identity } = context;
  const end = completions.begin(identity.tenantId);
  try {
    const found = await load(context, items);
    const [model] = found.filter((each): each is Loaded => 'view' in each);
    if (model) {
      found.forEach((each, index) => {
        if ('view' in each && !isAlike(each, model)) throw notAlike(index);
      });
      if (runnerOf(model.placed.step).toolRequest) refuseInput(sent);
      const current = found.find(
        (each): each is Loaded =>
          'view' in each && stateOf(services.digest, each.row) === partsOf(digestFor(items, each.ref)).state,
      );
      if (current) await checkAll(context, current, sent);
    }
    const needRequest = new Set(
      found.filter((each) => 'view' in each && callsBy(each, sent)).map(({ ref }) => keyOf(ref)),
    );
    const began = performance.now();
    return await eachStep(
      items,
      ({ runId, stepId, digest }) => {
        if (performance.now() - began > deadlineMs)
          throw new InterlockError('unavailable', 'Nothing was done: the others took long. Send it again.');
        const { state, request } = partsOf(digest);
        if (request === undefined && needRequest.has(keyOf({ runId, stepId })))
          throw new InterlockError(
            'preview_changed',
            'The preview showed no request for this outcome. Nothing was done.',
          );
        return submitCompletion(context, {
          runId,
          stepId,
          ...sent,
          requestId,
          shown: state,
          previewDigest: request,
        });
      },
      async (ref, { code }) => {
        if (code === 'preview_changed') return { result: 'changed' };
        if (code !== 'conflict') return {};
        const { row } = await findStep(services, identity.tenantId, ref);
        if (!isStepFinal(row) && row.status !== 'running') return {};
        const by = row.completed_by_name;
        return { result: 'already_done', by, ...(isStepFinal(row) && { message: alreadyDone(row) }) };
      },
    );
  } finally {
    end();
  }
}

/** Whether this completion calls the tool of the step. */
const callsBy = ({ placed: { step }, row }: Loaded, { outcome }: SentCompletion): boolean =>
  runnerOf(step).toolRequest !== undefined &&
  outcomesNow(step, row).some(
    ({ id, alias, byDefault, takesInput }) =>
      takesInput && (outcome === undefined ? byDefault : outcome === id || outcome === alias),
  );

/** What is invalid for every step is refused before anything is sent. */
async function checkAll({ services }: RunChange, current: Loaded, sent: SentCompletion): Promise<void> {
  const { step } = current.placed;
  const outcome = checkOutcome(outcomesNow(step, current.row), sent);
  if (!(outcome.takesInput && runnerOf(step).toolRequest))
    await checkCompletion(services, situationOf(current), sent);
}

/** One input for many calls would send the same request many times. */
function refuseInput({ input }: SentCompletion): void {
  if (input === undefined) return;
  const message = 'is not expected: each step sends its own resolved input';
  throw new InterlockError('invalid_input', 'These steps take no common input.', {
    issues: [{ path: '/input', message, keyword: 'unknown' }],
  });
}

const notAlike = (index: number) =>
  new InterlockError('invalid_input', 'These steps are not alike. Nothing was done.', {
    issues: [
      {
        path: `/items/${index}`,
        message: 'is not the same step of the same version of the playbook as the first one',
        keyword: 'alike',
      },
    ],
  });

/** In the order of the steps. The number of statements is the same for any number of them. */
async function load(
  { services, identity }: RunRead,
  items: readonly StepRef[],
): Promise<(Loaded | { ref: StepRef })[]> {
  const ids = [...new Set(items.map(({ runId }) => runId))].filter(isUuid);
  const wanted = new Set(items.map(keyOf));
  const wholes = await services.db.tenant(identity.tenantId, async (connection) => {
    const runs = await readRuns(connection, ids);
    const rows = await listStepRuns(connection, ids);
    return loadWholeRuns(
      connection,
      runs,
      rows.filter((row) => wanted.has(keyOf({ runId: row.run_id, stepId: row.step_id }))),
    );
  });
  const byId = new Map(wholes.map((whole) => [whole.run.id, whole]));
  return items.map(({ runId, stepId }) => {
    const ref = { runId, stepId };
    const whole = byId.get(runId);
    const placed = whole && allSteps(whole.document).find(({ step }) => step.id === stepId);
    const row = whole?.steps.find((each) => each.step_id === stepId);
    if (!whole || !placed || !row) return { ref };
    return { ref, whole, placed, row, view: toStepView(whole, placed, row, identity) };
  });
}

const keyOf = ({ runId, stepId }: StepRef): string => `${runId}~${stepId}`;
const digestFor = (items: CompleteAlikeRequest['items'], ref: StepRef): string =>
  items.find((each) => keyOf(each) === keyOf(ref))?.digest ?? '';

const situationOf = ({ whole: { run }, placed: { step }, row }: Loaded) => ({ run, step, row });

const isAlike = ({ whole: { run }, ref }: Loaded, model: Loaded): boolean =>
  run.playbook_id === model.whole.run.playbook_id &&
  run.playbook_version === model.whole.run.playbook_version &&
  ref.stepId === model.ref.stepId;

/** Why a step is not completed together with others; null: it can be. */
function whyByItself({ view, row, placed }: Loaded): Pick<LeftOut, 'why' | 'message'> | null {
  if (!view.mayComplete)
    return { why: 'not_allowed', message: view.mayNot ?? 'You cannot complete this step.' };
  if (row.status === 'outcome_unknown' || row.failure_code === expressionFailed || hasFailed(row))
    return { why: 'by_itself', message: 'It has failed. Look at what happened, and complete it by itself.' };
  if (runnerOf(placed.step).batchRequest)
    return { why: 'by_itself', message: 'It makes many calls. Complete it by itself.' };
  return null;
}

const hasFailed = ({ failure_code }: StepRow): boolean =>
  failure_code !== null && failure_code !== notApproved;

const about = (each: Loaded | { ref: StepRef }) => ({
  ...each.ref,
  title: 'view' in each ? each.view.title : null,
  exception: 'view' in each ? each.whole.exception : null,
});

function leftOut(each: Loaded | { ref: StepRef }, model: Loaded | null): LeftOut {
  if (!('view' in each)) return { ...about(each), why: 'not_found', message: 'Step not found.' };
  const alone = whyByItself(each);
  if (alone || !model) return { ...about(each), ...(alone ?? notFit) };
  const { run } = each.whole;
  return {
    ...about(each),
    why: 'not_alike',
    message: `It is another step: ${each.view.title} of ${run.playbook_title} v${run.playbook_version}.`,
  };
}

const notFit = { why: 'not_allowed', message: 'You cannot complete this step.' } as const;

/** @param calling the outcome that calls a tool, if one was chosen @throws InterlockError when its request cannot be made */
async function preview(
  { services, identity }: RunRead,
  { ref, whole, placed: { step }, row, view }: Loaded,
  calling: string | null,
): Promise<AlikeStep> {
  const state = stateOf(services.digest, row);
  const common = { ...ref, exception: whole.exception, preview: null, covers: view.covers };
  const toolRequest = calling === null ? undefined : runnerOf(step).toolRequest;
  if (!toolRequest || calling === null) return { ...common, digest: joined(state, null) };
  services.previewLimits.beforePreview(identity, row.id);
  const chosen = { context: services, run: whole.run, row, outcome: calling, sent: undefined };
  const request = await toolRequest(step, chosen);
  if (!request) return { ...common, digest: joined(state, null) };
  const issues = await validatePayload(request.tool, request.payload);
  if (issues.length > 0) throw new InterlockError('invalid_input', 'Its input is incomplete.', { issues });
  const shown = await previewOf(services, request.tool, request.payload, identity.roles);
  if (shown.policy.effect === 'deny') throw new InterlockError('denied', shown.policy.reason);
  if (JSON.stringify(shown).length > mostShownBytes)
    throw new InterlockError(
      'payload_too_large',
      'Its request is too large for this list. Complete it by itself.',
    );
  return { ...common, digest: joined(state, shown.digest), preview: shown };
}

const located = ({ message, issues }: InterlockError): string =>
  `${message} ${issues![0]!.path} ${issues![0]!.message}.`;

/** The digest of a step in a preview: of its state, and of what it would send. */
const joined = (state: string, request: string | null): string =>
  request === null ? state : `${state}.${request}`;

function partsOf(digest: string): { state: string; request: string | undefined } {
  const [state = '', request] = digest.split('.');
  return { state, request };
}
