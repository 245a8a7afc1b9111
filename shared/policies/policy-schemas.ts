import { z } from 'zod';
import { roles } from '../identity/roles.ts';

export const policyEffects = ['allow', 'deny', 'require_approval'] as const;

/** What the policies of a tenant say about one call. Stored on the execution (`policy_decision` jsonb, null: no policy concerned it) and shown. */
export const policyDecisionSchema = z.object({
  effect: z.enum(policyEffects),
  /** The rule that made it; null: none concerned the call, so it is allowed. */
  policyId: z.string().nullable(),
  policyName: z.string().nullable(),
  /** In words: "Refunds above 500 need two approvers". */
  reason: z.string(),
  /** Only with `require_approval`. */
  approval: z
    .object({
      required: z.int(),
      roles: z.array(z.enum(roles)),
      fourEyes: z.boolean(),
      expiresInMs: z.int(),
    })
    .nullable(),
});
export type PolicyDecision = z.output<typeof policyDecisionSchema>;
