import { z } from 'zod';
import { assigneeSchema, humanStep, jsonSchemaSchema, type StepDefinition } from '../step-common.ts';

export const approvalStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('approval'),
  /** N of M: this many different people have to approve; one rejection is enough to reject. */
  required: z.int().min(1).max(20).default(1),
  /** The M: further roles or people who may approve besides the assignee. */
  approvers: z.array(assigneeSchema).max(20).default([]),
  /**
   * Whoever started the run or completed another step of it may not approve, under no account and through no API key;
   * API keys, behind which anybody may stand, do not approve at all.
   */
  noSelfApproval: z.boolean().default(false),
  onReject: z.enum(['abort', 'continue']).default('abort'),
  form: jsonSchemaSchema.optional(),
});
export type ApprovalStep = z.output<typeof approvalStepSchema>;

export const approvalStep: StepDefinition<ApprovalStep, never> = {
  label: 'Ask for approval',
  defaultRole: 'approver',
  outcomes: (step) => [
    { id: 'approved', title: 'Approve', needsReason: false, takesInput: step.form !== undefined },
    { id: 'rejected', title: 'Reject', needsReason: true, takesInput: false },
  ],
  groups: () => [],
  expressions: () => [],
  outputSchema: (step) => step.form ?? null,
};
