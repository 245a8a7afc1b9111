import type { BatchInput } from '../../batches/batch-schemas.ts';
import type { BatchResult } from '../../batches/server/batch-result.ts';
import type { PreparedBatch } from '../../batches/server/prepare-batch.ts';
import type { EventType } from '../../events/event-types.ts';
import type { NewExecution } from '../../executions/db/executions-insert.ts';
import type { ExecutionRow } from '../../executions/db/executions-row.ts';
import type { Actor } from '../../identity/roles.ts';
import type { Subject } from '../../identity/subject.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { Hole } from '../../platform/server/json-schema/input-issues.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepChange, StepRow } from '../db/step-runs.ts';
import type { StepView } from '../run-schemas.ts';
import type { Step } from '../steps/registry.ts';
import type { Catalog } from './checks/catalog.ts';
import type { Involved } from './involved.ts';
import type { PlaybookContext } from './run-context.ts';
import type { Refusal } from './step-subject.ts';

/** The values of the step's opening expressions, by their path. */
export type OpeningValues = Record<string, JsonValue | undefined>;

export interface Opening {
  context: PlaybookContext;
  run: RunRow;
  /** Of the step run that is being opened. */
  stepRunId: string;
  values: OpeningValues;
  /** For expressions that name people. */
  scope: object;
}

export interface StepEvent {
  type: EventType;
  data?: Record<string, unknown>;
}

/** Who changes a step. */
export interface Cause {
  actor: Actor;
  person?: string | null;
  /** Of the API; null for what a workflow does by itself. */
  requestId?: string | null;
}

/** A change of a step, and what is written with it in the same transaction. */
export interface StepEffect {
  change: StepChange & { status: StepRow['status'] };
  /** Events before the one of the new status; at an opening, instead of it. */
  events?: StepEvent[];
  /** Data of the event of the new status. */
  data?: Record<string, unknown>;
  /** Default: the cause that the caller gives. */
  by?: Cause;
  also?: (connection: TenantConnection) => Promise<void>;
}

export interface Completing {
  row: StepRow;
  completion: CompletionRow;
  /** Completions of this step that were accepted before. */
  votes: CompletionRow[];
  by: Cause;
  /** The execution that this completion requests. */
  execution: NewExecution | null;
  /** The batch that it requests. */
  batch: PreparedBatch | null;
}

/** The outcome that someone chose, and the input that they sent. */
export interface ChosenOutcome {
  context: PlaybookContext;
  run: RunRow;
  row: StepRow;
  outcome: string;
  /** Undefined: the input that was resolved when the step opened. */
  sent: JsonValue | undefined;
}

export interface ToolRequest {
  tool: LoadedTool;
  /** Clear, not redacted. */
  payload: JsonValue;
  /** It only looks up the result of another call, so it needs no approval. */
  probe?: boolean;
}

/** The value of an opening expression in a dry run. Places with holes depend on steps without an answer. */
export interface DryValue {
  value: JsonValue | undefined;
  holes: ReadonlyMap<string, Hole>;
}

export interface DryRunStep {
  tenantId: string;
  catalog: Catalog;
  answer: { outcome?: string | undefined } | undefined;
  /** "any operator", "ana@acme.test". */
  who: string;
  /** The steps whose calls it approves. */
  covers: readonly Step[];
  /** @throws ExpressionError */
  resolve(path: string): Promise<DryValue>;
}

export interface DryRunResult {
  result: 'would_wait' | 'would_skip' | 'would_run' | 'unknown';
  message: string;
  /** Redacted. */
  input?: JsonValue;
  issues?: Issue[];
  /** How the step ends without an answer. */
  outcome?: string;
  output?: JsonValue;
}

export interface ShownStep {
  row: StepRow;
  votes: CompletionRow[];
  /** The reader's own vote can be changed. */
  mayChange: boolean;
}

/** The effectful half of a step type. Parts that are left out do not apply to the type. */
export interface StepRunner<S extends Step = Step> {
  /**
   * Opens the step.
   * @throws ExpressionError when an expression fails or its result cannot be used
   */
  open(step: S, opening: Opening): Promise<StepEffect>;
  /** The effect of an outcome that is specific to the type. It runs under the row's lock, so it does nothing slow. */
  complete?(step: S, completing: Completing): StepEffect;
  /** The tool call that an outcome requests, if any. @throws InterlockError when the tool cannot run */
  toolRequest?(step: S, chosen: ChosenOutcome): Promise<ToolRequest | null>;
  /** The batch that an outcome requests, if any. @throws InterlockError when it cannot be made */
  batchRequest?(step: S, chosen: Omit<ChosenOutcome, 'sent'>): Promise<BatchInput | null>;
  /** The execution that the running step waits for, when it is not the last one. */
  runningExecution?(row: StepRow): string | undefined;
  /** @param by who requested the execution */
  toolEnded?(
    step: S,
    ended: { row: StepRow; execution: ExecutionRow; by: Cause },
  ): Promise<StepEffect | null>;
  /**
   * The change of the running step when its run ends first. It runs under the run's lock, so it does nothing slow.
   * @param execution the step's last call
   */
  leftRunning?(execution: ExecutionRow): StepEffect['change'];
  /** @param outputs of the steps of the run that ended, by step id */
  runEnded?(step: S, ended: { child: RunRow; outputs: Record<string, JsonValue> }): StepEffect;
  /** @param by who requested it last */
  batchEnded?(step: S, ended: { result: BatchResult; by: Cause }): StepEffect;
  /** What is due on the waiting step now; null when nothing is. */
  wake?(step: S, woken: { row: StepRow; isDue: (time: string | undefined) => boolean }): StepEffect | null;
  /** Times (ISO 8601) at which `wake` has something to do. */
  wakeTimes?(row: StepRow): (string | undefined)[];
  /** Further rules for who may complete the step. @param outcome undefined: any */
  refuse?(
    step: S,
    situation: { run: RunRow; row: StepRow } & Involved,
    subject: Subject,
    outcome: string | undefined,
  ): Refusal | null;
  /** The vote of this subject that counts and can be withdrawn. */
  ownVote?(row: StepRow, votes: readonly CompletionRow[], subject: Subject): CompletionRow | undefined;
  /** What the step waits for, when it does not wait for people. */
  waitingOn?(row: StepRow): string;
  /** The fields that the API shows for this type alone. */
  view?(step: S, shown: ShownStep): Partial<StepView>;
  /** @throws ExpressionError when an expression fails or its result cannot be used */
  dryRun(step: S, dry: DryRunStep): Promise<DryRunResult>;
}
