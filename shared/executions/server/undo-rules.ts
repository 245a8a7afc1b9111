import { durationWords } from '../../platform/duration.ts';
import { readsOnly } from '../../tools/providers/registry.ts';
import type { ToolDefinition } from '../../tools/tool-definition.ts';
import type { UndoAttempt, UndoneRow } from '../db/executions-undo.ts';

/**
 * Why an execution is not undone. `open`: it has not ended. `done`, `going`: it was, or is being undone. `nothing`: it has
 * done nothing that could be. `unsettled`: it is not known whether it, or its undo, has happened. `doubtful`: its undo has
 * failed, but may have taken effect. `cannot`: what it has done stays.
 */
export interface NotUndone {
  kind: 'open' | 'done' | 'going' | 'nothing' | 'unsettled' | 'doubtful' | 'cannot';
  /** For people. */
  reason: string;
}

/** What the rules look at. */
export type Undone = Pick<
  UndoneRow,
  'status' | 'failure_code' | 'completed_at' | 'payloads_removed_at' | 'tool_name' | 'may_have_acted'
>;

/**
 * Why an execution cannot be undone now, as far as it is known without its values; null: it can.
 * @param definition of the version that was executed; null: it is gone
 * @param last attempt to undo it
 */
export function whyNotUndone(
  execution: Undone,
  definition: ToolDefinition | null,
  last: UndoAttempt | undefined,
  now: number,
): NotUndone | null {
  return ofItself(execution) ?? (last ? ofAttempt(last) : null) ?? ofTool(execution, definition, now) ?? null;
}

function ofItself({ status, failure_code, may_have_acted }: Undone): NotUndone | null {
  if (status === 'succeeded') return null;
  if (status !== 'failed') return { kind: 'open', reason: 'It has not ended.' };
  if (failure_code === 'outcome_unknown')
    return { kind: 'unsettled', reason: 'Its outcome is unknown. Settle it first: did it happen?' };
  return may_have_acted
    ? { kind: 'cannot', reason: 'It failed, but may have taken effect. Check with the provider.' }
    : { kind: 'nothing', reason: 'It failed, so there is nothing to undo.' };
}

/** One after which another has no second effect, or that was never written, may be followed by another. */
function ofAttempt({ id, status, failure_code, failure_retryable }: UndoAttempt): NotUndone | null {
  if (status === 'succeeded') return { kind: 'done', reason: 'It has been undone.' };
  if (status === 'requested' || status === 'running') return { kind: 'going', reason: 'It is being undone.' };
  if (id === null || failure_retryable) return null;
  return failure_code === 'outcome_unknown'
    ? { kind: 'unsettled', reason: `The outcome of its undo is unknown. Settle execution ${id} first.` }
    : {
        kind: 'doubtful',
        reason: `Its undo has failed, but may have taken effect. Check execution ${id} with the provider.`,
      };
}

function ofTool(execution: Undone, definition: ToolDefinition | null, now: number): NotUndone | null {
  const cannot = (reason: string): NotUndone => ({ kind: 'cannot', reason });
  if (!definition) return cannot('Its tool is no longer available to this organization.');
  if (!definition.undo)
    return readsOnly(definition)
      ? { kind: 'nothing', reason: 'It only reads, so there is nothing to undo.' }
      : cannot(`${definition.title ?? execution.tool_name} names no tool that undoes it.`);
  const { withinMs } = definition.undo;
  const over = withinMs !== undefined && (execution.completed_at?.getTime() ?? 0) + withinMs < now;
  if (over) return cannot(`It could be undone within ${durationWords(withinMs)} only, and that is over.`);
  return execution.payloads_removed_at
    ? cannot('Its input and output were removed, as the retention of the organization asks.')
    : null;
}
