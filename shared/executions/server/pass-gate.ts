import { type Hindrance, isPass, type Pass, refusedPass } from '../../limits/server/gate.ts';
import { retrySafety } from '../../tools/providers/registry.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { ExecutionContext } from './execution-context.ts';

type GateContext = Pick<ExecutionContext, 'gate'>;

/** Whether the call waits for its host, rather than fail. A call that is not safe to retry never waits: its caller has to know. */
function waits({ definition }: LoadedTool, hindrance: Hindrance): boolean {
  if (hindrance.reason === 'concurrency') return true;
  return retrySafety(definition).safe && definition.policy?.whenPaused !== 'fail';
}

/** For a first attempt that would begin with its row. @returns null when it waits */
export async function passNow(
  { gate }: GateContext,
  tool: LoadedTool,
  { id, deadlineMs }: { id: string; deadlineMs: number },
): Promise<Pass | null> {
  const entered = await passOrWait({ gate }, tool, { id, deadline_at: new Date(Date.now() + deadlineMs) });
  return isPass(entered) ? entered : null;
}

/** A pass, which may be one that refuses; or what the execution waits for, at most until its deadline. */
export async function passOrWait(
  { gate }: GateContext,
  tool: LoadedTool,
  execution: { id: string; deadline_at: Date },
): Promise<Pass | Hindrance> {
  const entered = await gate.enter(tool, execution.id);
  if (isPass(entered)) return entered;
  const inTime = entered.reason === 'concurrency' || Date.now() < execution.deadline_at.getTime();
  return waits(tool, entered) && inTime ? entered : refusedPass(entered);
}

/** Calls that wait are not all tried at the same moment. */
const spread = (ms: number): number => Math.ceil(ms * (0.75 + Math.random() / 2));
const longestWaitMs = 5000;

/**
 * When a call that waits is tried again, in milliseconds from now.
 * @param tries how often it was: many that wait for long cost little
 */
export function waitMsOf(hindrance: Hindrance, tries: number): number {
  if (hindrance.reason === 'concurrency') return spread(Math.min(longestWaitMs, 250 * 2 ** tries));
  const untilMs = hindrance.retryAt ? hindrance.retryAt.getTime() - Date.now() : longestWaitMs;
  return Math.max(250, Math.min(spread(untilMs), longestWaitMs));
}
