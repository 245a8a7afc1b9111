import type { TenantConnection } from '../../platform/db/database.ts';
import type { ExpressionScope } from '../../platform/server/expressions.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepChange, StepRow } from '../db/step-runs.ts';
import type { PlaybookContext } from './run-context.ts';

export interface OpenContext {
  context: PlaybookContext;
  run: RunRow;
  /** Of the step run that is being opened. */
  stepRunId: string;
  scope: ExpressionScope;
}

/** A change of the row, and what else is written with it in the same transaction. */
export interface StepEffect {
  change: StepChange & { status: StepRow['status'] };
  also?: (connection: TenantConnection) => Promise<void>;
}

export interface CompleteContext {
  row: StepRow;
  completion: CompletionRow;
  /** Accepted before, for this step. */
  votes: CompletionRow[];
}

/** The running half of a step type. */
export interface StepRunner<Step> {
  /**
   * What the step is when it opens.
   * @throws ExpressionError when it cannot be opened as it is written
   */
  open(step: Step, context: OpenContext): Promise<StepEffect>;
  /** What one of the type's own outcomes makes of it; `skip`, `abort` and `retry` are everybody's. */
  complete(step: Step, context: CompleteContext): StepEffect;
}

/** For types that nobody completes. */
export function notCompleted(): never {
  throw new Error('Nobody completes a step of this type');
}
