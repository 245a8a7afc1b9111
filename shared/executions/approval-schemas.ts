import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { roles } from '../identity/roles.ts';
import { storableText } from '../platform/storable-text.ts';
import { approvalStatuses } from './approval-statuses.ts';
import { shownCallSchema } from './preview-schemas.ts';

export { type ApprovalStatus, approvalStatuses } from './approval-statuses.ts';

export const voteOutcomes = ['approved', 'rejected'] as const;

const time = z.string();

/** What people are asked, and what they said. */
export const executionApprovalSchema = z.object({
  status: z.enum(approvalStatuses),
  /** So many different people must approve; one rejection rejects. */
  required: z.int(),
  roles: z.array(z.enum(roles)),
  /** Who asked may not approve, whichever account or API key they use. */
  fourEyes: z.boolean(),
  policyName: z.string().nullable(),
  /** Why it needs an approval. */
  reason: z.string(),
  /** The page on which it is decided. */
  url: z.string(),
  /** Until then it has to be approved, and to begin. */
  expiresAt: time,
  votes: z.array(
    z.object({
      by: actorSchema,
      outcome: z.enum(voteOutcomes),
      reason: z.string().nullable(),
      at: time,
    }),
  ),
  /** The exact request that is approved, with every secret replaced. */
  request: shownCallSchema,
  /** Whether the reader may decide now; left out where it is not read for someone. */
  mayDecide: z.boolean().optional(),
  /** Why not. */
  mayNot: z.string().nullable().optional(),
  /** The reader has approved it, and may still reject it or withdraw that. */
  mayChange: z.boolean().optional(),
});

export type ExecutionApproval = z.infer<typeof executionApprovalSchema>;

export const approveInputSchema = z.object({
  id: z.string(),
  reason: storableText.trim().max(2000).optional(),
});

export const rejectInputSchema = z.object({
  id: z.string(),
  reason: storableText.trim().min(1).max(2000),
});
