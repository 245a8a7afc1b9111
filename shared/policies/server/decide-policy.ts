import type { PolicyDecision } from '../policy-schemas.ts';

/** By tool id. */
const decisions = new Map<string, PolicyDecision>();

export function setDecision(toolId: string, decision: PolicyDecision | null): void {
  if (decision) decisions.set(toolId, decision);
  else decisions.delete(toolId);
}

/** What the policies say about a call. */
export const decidePolicy = (toolId: string): PolicyDecision | null => decisions.get(toolId) ?? null;
