import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../platform/json.ts';
import { getsCandidate } from '../../tools/server/choose-version.ts';
import { type LoadedTool, variantsOf } from '../../tools/server/tool-service.ts';
import { stickyKey, type ToolTrial } from '../../tools/tool-trial.ts';
import type { NewExecution } from '../db/executions-insert.ts';
import type { ExecutionContext } from './execution-context.ts';

/** The version that a call gets. */
export interface ChosenTool {
  tool: LoadedTool;
  chosenBy: NonNullable<NewExecution['chosenBy']> | null;
  /** A preview may be of this version instead. */
  other: LoadedTool | null;
}

interface Call {
  /** Of the execution. */
  id: string;
  payload: JsonValue;
  idempotencyKey?: string;
  previewDigest?: string;
}

/**
 * The version of a tool that a call gets: the current one, unless a trial shares its calls between two. A call that was
 * previewed gets the version of its preview. It counts for the trial only if its input has chosen that version, since
 * someone may have looked at previews of both.
 * @param fresh as `variantsOf` takes it
 */
export async function chooseTool(
  { db }: Pick<ExecutionContext, 'db'>,
  current: LoadedTool,
  { id, payload, idempotencyKey, previewDigest }: Call,
  fresh: boolean,
): Promise<ChosenTool> {
  if (current.trial === null) return { tool: current, chosenBy: null, other: null };
  const variants = await variantsOf(db, current, fresh);
  if (!variants) return { tool: current, chosenBy: null, other: null };
  const { trial, baseline } = variants;
  const key = stickyKey(trial, payload);
  const candidate = getsCandidate(trial, key ?? idempotencyKey ?? id);
  const [tool, other] = candidate ? [variants.candidate, baseline] : [baseline, variants.candidate];
  const counts = previewDigest === undefined || key !== null;
  return {
    tool,
    chosenBy: counts ? { trialId: trial.id, candidate } : null,
    other: previewDigest === undefined ? null : other,
  };
}

/** The version of a tool that is previewed: the one that the call gets, or that any may get. */
export async function choosePreviewed(
  context: Pick<ExecutionContext, 'db'>,
  current: LoadedTool,
  payload: JsonValue,
): Promise<LoadedTool> {
  return (await chooseTool(context, current, { id: randomUUID(), payload }, true)).tool;
}

export const isSameTrial = (one: ToolTrial | null, other: ToolTrial | null): boolean =>
  isDeepStrictEqual(one, other);
