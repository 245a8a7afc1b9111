export const batchStatuses = ['running', 'paused', 'cancelling', 'succeeded', 'failed', 'cancelled'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/**
 * `pending`: not begun. `waiting`: for an approval. `skipped`: its condition is not met, or a call that it needs has not
 * succeeded, or the batch has stopped. `cancelled`: the batch was, before it began.
 */
export const batchCallStatuses = [
  'pending',
  'waiting',
  'running',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type BatchCallStatus = (typeof batchCallStatuses)[number];
