import { ApplicationFailureCategory } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { searchAttributes } from '../../shared/executions/execution-contract.ts';
import {
  type AppliedCompletion,
  type CompleteStepMessage,
  type CompletionReceipt,
  completionRefused,
  type PauseMessage,
  type RunOutline,
  type RunPlaybookArgs,
  runEndedName,
  runQuarantined,
  type SettledStep,
  type StepOutline,
  type StepState,
} from '../../shared/playbooks/playbook-contract.ts';
import type { PlaybookActivities } from '../activities/playbook-activities.ts';
import { runToolAsChild, startBatchAsChild, startPlaybookAsChild } from './playbook-children.ts';

/** Activities wait for an unavailable database themselves; these bounds are for unforeseen failures. */
const local = proxyLocalActivities<PlaybookActivities>({
  startToCloseTimeout: '15 minutes',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
  // A worker that stops waits for what it retries itself: longer pauses are timers.
  localRetryThreshold: '1s',
});

/** Completions come in bursts; as local activities they would delay the workflow task that brings the next one. */
const remote = proxyActivities<PlaybookActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

type Waiting = Extract<StepState, { state: 'waiting' }>;
type Ending = 'next' | 'end';

/** How long to wait before reading again an execution that is not recorded yet although its workflow has closed. */
const recordWaitMs = 500;
/** How often the run of a sub-playbook, or a batch, is read, in case its signal is lost. */
const childLookMs = 6 * 60 * 60_000;

/** The state of one run in its workflow: which steps are open, and the states after their completions. */
export class PlaybookRun {
  /** Whether a step has failed permanently. */
  failed = false;
  private readonly args: RunPlaybookArgs;
  private outline: RunOutline | null = null;
  private paused = false;
  /** What follows depends on work that has ended two workers, until someone releases the run. */
  private quarantined = false;
  /** Activities and children in progress. */
  private busy = 0;
  private readonly open = new Map<string, { step: StepOutline; state: Waiting }>();
  /** Steps that are being carried out. */
  private readonly reached = new Set<string>();
  /** The states after completions, until the waiting steps read them. */
  private readonly next = new Map<string, StepState>();
  /** The newest revision that was seen of each step. */
  private readonly revisions = new Map<string, number>();
  private readonly startedTools = new Set<string>();
  private readonly endedChildren = new Set<string>();
  private shownStep: string | null = null;

  constructor(args: RunPlaybookArgs) {
    this.args = args;
  }

  isLoaded(): boolean {
    return this.outline !== null;
  }

  isQuiet(): boolean {
    return this.busy === 0 && this.next.size === 0;
  }

  async load(): Promise<void> {
    const outline = await this.attempt(() => local.loadRun(this.ids()));
    this.paused = outline.paused;
    this.outline = outline;
  }

  /** Walks the steps that have not ended. Rejects when a step fails permanently. */
  async walk(): Promise<void> {
    await this.walkSteps(this.known().steps);
  }

  private async walkSteps(steps: StepOutline[]): Promise<Ending> {
    for (const step of steps) {
      if ((await this.walkStep(step)) === 'end') return 'end';
    }
    return 'next';
  }

  private async walkStep(step: StepOutline): Promise<Ending> {
    const settled = this.settled(step.id) ?? (await this.carryOut(step));
    if (settled.status !== 'completed' || step.parallel) return 'next';
    const chosen = step.groups.find((group) => group.id === settled.outcome);
    if (!chosen) return 'next';
    const ending = await this.walkSteps(chosen.steps);
    return chosen.end ? 'end' : ending;
  }

  /** From state to state until the step has ended; each activity returns the state in the step's row. */
  private async carryOut(step: StepOutline): Promise<SettledStep> {
    await condition(() => !this.paused);
    this.reached.add(step.id);
    let state = await this.attempt(() => local.openStep(this.at(step)));
    for (;;) {
      this.isNewest(step.id, state);
      if (state.state === 'settled') {
        this.known().done[step.id] = { status: state.status, outcome: state.outcome };
        this.next.delete(step.id);
        this.reached.delete(step.id);
        if (state.status === 'failed') throw this.fail(step);
        return state;
      }
      state = await this.advance(step, state);
    }
  }

  private async advance(
    step: StepOutline,
    state: Exclude<StepState, { state: 'settled' }>,
  ): Promise<StepState> {
    switch (state.state) {
      case 'waiting':
        return this.waitFor(step, state);
      case 'tool': {
        const { executionId } = state.child;
        if (!this.startedTools.has(executionId)) {
          this.startedTools.add(executionId);
          await this.during(runToolAsChild(this.args, step, state.child));
        }
        const settled = await this.attempt(() => local.settleToolStep({ ...this.at(step), executionId }));
        if (settled.state === 'tool') await this.during(sleep(recordWaitMs));
        return settled;
      }
      case 'run': {
        const { runId } = state.child;
        await this.during(startPlaybookAsChild(this.args, state.child));
        // It may have signalled the run before this one, which continued as new.
        const settled = await this.attempt(() => local.settleRunStep(this.at(step)));
        if (settled.state !== 'run') return settled;
        await condition(() => this.endedChildren.has(runId), childLookMs);
        return this.attempt(() => local.settleRunStep(this.at(step)));
      }
      case 'batch': {
        const { batchId } = state.child;
        await this.during(startBatchAsChild(this.args, step, state.child));
        // It may be retried later, and then ends again.
        this.endedChildren.delete(batchId);
        const settled = await this.attempt(() => local.settleBatchStep(this.at(step)));
        if (settled.state !== 'batch') return settled;
        await condition(() => this.endedChildren.has(batchId), childLookMs);
        return this.attempt(() => local.settleBatchStep(this.at(step)));
      }
      case 'groups':
        await this.walkTogether(step);
        return this.attempt(() => local.settleGroups(this.at(step)));
    }
  }

  /** All branches at once; when one fails permanently, the others are cancelled. */
  private async walkTogether(step: StepOutline): Promise<void> {
    await CancellationScope.cancellable(async () => {
      const branches = step.groups.map((group) => this.walkSteps(group.steps));
      try {
        await Promise.all(branches);
      } catch (error) {
        CancellationScope.current().cancel();
        await Promise.allSettled(branches);
        throw error;
      }
    });
  }

  /** Until someone completes the step, or something is due on it. */
  private async waitFor(step: StepOutline, state: Waiting): Promise<StepState> {
    this.open.set(step.id, { step, state });
    this.show();
    try {
      const arrived = () => this.next.has(step.id);
      const waitMs = state.wakeAtMs === null ? undefined : Math.max(1, state.wakeAtMs - Date.now());
      if (waitMs === undefined) await condition(arrived);
      else if (!(await condition(arrived, waitMs)))
        return await this.attempt(() => local.wakeStep(this.at(step)));
      const arrivedState = this.next.get(step.id)!;
      this.next.delete(step.id);
      return arrivedState;
    } finally {
      this.open.delete(step.id);
      this.show();
    }
  }

  /** The validator of the update: refuses invalid messages at once, before they reach the history. */
  checkMessage(message: CompleteStepMessage): void {
    if (typeof message?.stepId !== 'string') throw refused('bad_request', 'The message has no stepId.');
    const settled = this.settled(message.stepId);
    // The API has checked its own completions: an approval that ended may be open again.
    if (settled && message.completionId === undefined)
      throw refused('conflict', `This step is already ${settled.status}.`);
  }

  /** The one handler behind the update and the signal; the activity decides, under the row's lock. */
  async complete(message: CompleteStepMessage): Promise<CompletionReceipt> {
    await condition(() => this.outline !== null);
    const applied = await this.apply(message);
    if (!applied.accepted) throw refused(applied.code, applied.message);
    const { stepId, status, state, ended = [] } = applied;
    if (!this.settled(stepId)) this.arrived(stepId, state);
    for (const each of ended) if (this.reached.has(each.stepId)) this.arrived(each.stepId, each.state);
    return { stepId, status };
  }

  private async apply(message: CompleteStepMessage): Promise<AppliedCompletion> {
    try {
      return await this.during(
        CancellationScope.nonCancellable(() => remote.applyCompletion({ ...this.ids(), message })),
      );
    } catch (error) {
      if (!isQuarantine(error)) throw error;
      this.hold();
      throw refused('conflict', 'The run is quarantined. Nothing was done. Release it and try again.');
    }
  }

  /** A signal gets no response; a refusal appears in the timeline. */
  async completeQuietly(message: CompleteStepMessage): Promise<void> {
    try {
      this.checkMessage(message);
      await this.complete(message);
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.type !== completionRefused) throw error;
      log.info('a signalled completion was refused', { reason: error.message });
    }
  }

  async pause(message?: PauseMessage | null): Promise<void> {
    await this.setPaused({ by: message?.by ?? null, reason: message?.reason ?? null });
  }

  async resume(): Promise<void> {
    await this.setPaused(null);
  }

  private async setPaused(paused: { by: string | null; reason: string | null } | null): Promise<void> {
    await condition(() => this.outline !== null || this.quarantined);
    const held = await this.during(local.holdRun({ ...this.ids(), paused }));
    this.paused = held.paused;
    this.quarantined &&= held.paused;
    this.show();
  }

  /** The row of a step was changed outside the workflow: claimed or reassigned. */
  async refresh(stepId: string): Promise<void> {
    const waiting = this.open.get(stepId);
    if (!waiting) return;
    const state = await this.attempt(() => local.lookAtStep(this.at(waiting.step)));
    // Without revisions, the state after a completion is newer.
    if (this.open.has(stepId) && (state.revision !== undefined || !this.next.has(stepId)))
      this.arrived(stepId, state);
  }

  /** Keeps a state for its step, unless a newer one is known. */
  private arrived(stepId: string, state: StepState): void {
    if (this.isNewest(stepId, state)) this.next.set(stepId, state);
  }

  /** Activities that run at the same time may return in any order: an older state must not follow a newer one. */
  private isNewest(stepId: string, { revision }: StepState): boolean {
    if (revision === undefined) return true;
    if (revision < (this.revisions.get(stepId) ?? 0)) return false;
    this.revisions.set(stepId, revision);
    return true;
  }

  childEnded(id: string): void {
    this.endedChildren.add(id);
  }

  /** Records how the run ended, and signals the run that waits for it. */
  async end(status: 'completed' | 'failed' | 'cancelled'): Promise<void> {
    await CancellationScope.nonCancellable(async () => {
      await local.endRun({ ...this.ids(), status });
      setCurrentDetails(`The run is ${status}.`);
      const { parentWorkflowId } = this.known();
      if (!parentWorkflowId) return;
      try {
        await getExternalWorkflowHandle(parentWorkflowId).signal(runEndedName, this.args.runId);
      } catch (error) {
        // The parent has ended.
        if (isCancellation(error)) throw error;
      }
    });
  }

  /** The reason may quote people or providers, so it is stored with the run, not in the history. */
  private fail(step: StepOutline): ApplicationFailure {
    this.failed = true;
    return ApplicationFailure.create({
      message: `Step ${step.number} ${step.title} failed.`,
      type: 'step_failed',
      nonRetryable: true,
      // An aborted playbook is normal, not for the worker's log.
      category: ApplicationFailureCategory.BENIGN,
    });
  }

  /** Shows in Temporal Web what the run waits for, and makes the step searchable. */
  private show(): void {
    if (!this.outline) return;
    const { title, url, total } = this.outline;
    const lines = [...this.open.values()].map(({ step, state }) => {
      const since = new Date(state.sinceMs).toISOString().slice(0, 16).replace('T', ' ');
      return `Waiting for ${state.who} since ${since} UTC · step ${step.number} of ${total} ${step.title} · [open](${url}?step=${step.id})`;
    });
    if (this.paused) lines.unshift(this.quarantined ? 'Quarantined.' : 'Paused.');
    setCurrentDetails(lines.join('\n\n') || `${title} · [open](${url})`);
    const first = this.open.keys().next().value ?? null;
    if (first === null || first === this.shownStep) return;
    this.shownStep = first;
    upsertSearchAttributes([{ key: searchAttributes.stepId, value: first }]);
  }

  /** Work that a quarantined run begins again when it is released. */
  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.during(work());
      } catch (error) {
        if (!isQuarantine(error)) throw error;
        this.hold();
        await condition(() => !this.quarantined);
      }
    }
  }

  /** The activity has recorded the quarantine. */
  private hold(): void {
    this.paused = true;
    this.quarantined = true;
    this.show();
  }

  private async during<T>(work: Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      return await work;
    } finally {
      this.busy -= 1;
    }
  }

  /** How a step has ended. Steps may be called like properties that every object has, such as `constructor`. */
  private settled(stepId: string): SettledStep | undefined {
    const done = this.outline?.done ?? {};
    return Object.hasOwn(done, stepId) ? done[stepId] : undefined;
  }

  private known(): RunOutline {
    if (!this.outline) throw new Error('The run is not loaded');
    return this.outline;
  }

  private ids() {
    return { tenantId: this.args.tenantId, runId: this.args.runId };
  }

  private at(step: StepOutline) {
    return { ...this.ids(), stepId: step.id };
  }
}

/** The failure of a local activity arrives as it was thrown. */
function isQuarantine(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type === runQuarantined;
}

function refused(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: completionRefused,
    details: [code],
    nonRetryable: true,
    category: ApplicationFailureCategory.BENIGN,
  });
}
