import { z } from 'zod';
import { personOf } from '../../../identity/roles.ts';
import { assigneeSchema, humanStep, jsonSchemaSchema, stepIdSchema } from '../step-common.ts';
import { defineStep, issue } from '../step-definition.ts';

const approvalStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('approval'),
  /** This many different people must approve; one rejection rejects. */
  required: z.int().min(1).max(20).default(1),
  /** Further roles or people who may approve besides the assignee. */
  approvers: z.array(assigneeSchema).max(20).default([]),
  /**
   * Who took part may not approve, whichever account or API key they use: who started the run, completed another step,
   * did so in a run around or inside it, or edited the case.
   */
  noSelfApproval: z.boolean().default(true),
  /** The steps whose calls it approves: only these requests run. Default: the next call after it. */
  covers: z.array(stepIdSchema).max(50).optional(),
  onReject: z.enum(['abort', 'continue']).default('abort'),
  form: jsonSchemaSchema.optional(),
});
export type ApprovalStep = z.output<typeof approvalStepSchema>;

export const approvalStep = defineStep(() => approvalStepSchema, {
  label: 'Ask for approval',
  defaultRole: 'approver',
  votes: true,
  covers: ({ covers }) => covers ?? 'next',
  outcomes: (step) => [
    {
      id: 'approved',
      title: 'Approve',
      needsReason: false,
      takesInput: step.form !== undefined,
      alias: 'approve',
    },
    { id: 'rejected', title: 'Reject', needsReason: true, takesInput: false, alias: 'reject' },
  ],
  endsRunWith: (step) => (step.onReject === 'abort' ? ['rejected'] : []),
  human: (step) => step,
  people: (step) => step.approvers.map((assignee, index) => ({ path: `/approvers/${index}`, assignee })),
  form: (step) => step.form ?? null,
  check: checkApprovers,
  outputSchema: (step) => step.form ?? null,
});

/** More approvals than people can give. */
function checkApprovers({ required, assignee, approvers }: ApprovalStep) {
  const users = [assignee, ...approvers].map((each) => each?.user && personOf(each.user));
  // Any number of people may have a role.
  if (users.some((user) => user === undefined)) return [];
  const possible = new Set(users).size;
  if (possible >= required) return [];
  const who = possible === 1 ? 'only one person may' : `only ${possible} people may`;
  return [issue('/required', `${required} approvals are required, but ${who} approve`, 'approvers')];
}
