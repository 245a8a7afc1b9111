import { createSignal } from 'solid-js';
import type { Outcome, StepView } from './step-view.ts';

/** What the person in this tab has decided on a step, from the press until its outcome was read. */
export interface Decision {
  outcome: Outcome;
  /** Follows the step's title: "approved". */
  done: string;
  /** It can still be undone; it is being sent; the server has accepted it; someone else was first. */
  phase: 'held' | 'sending' | 'accepted' | 'refused';
  /** Why it was refused. */
  refusal?: string;
  /** It sends the request that was shown. */
  sendsRequest: boolean;
  /** How many executions the step had before. */
  executions: number;
}

const [decisions, setDecisions] = createSignal<ReadonlyMap<string, Decision>>(new Map());

export const stepKey = (step: Pick<StepView, 'runId' | 'id'>): string => `${step.runId}/${step.id}`;

/** They outlive their pane, because a held decision is sent after its page was left. */
export const decisionOn = (key: string): Decision | undefined => decisions().get(key);

export function setDecision(key: string, decision: Decision | undefined): void {
  setDecisions((before) => {
    const next = new Map(before);
    if (decision) next.set(key, decision);
    else next.delete(key);
    return next;
  });
}
