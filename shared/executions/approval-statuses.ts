/** `cancelled`: the execution ended before a decision. */
export const approvalStatuses = ['waiting', 'approved', 'rejected', 'expired', 'cancelled'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];
