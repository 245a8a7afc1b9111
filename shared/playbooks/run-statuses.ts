export const runStatuses = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;

/** `open`: it has not ended. */
export const runListStatuses = ['open', ...runStatuses] as const;

export type RunStatus = (typeof runStatuses)[number];

export const stepStatuses = [
  'pending',
  'waiting',
  'running',
  'completed',
  'failed',
  'skipped',
  'outcome_unknown',
] as const;

export type StepStatus = (typeof stepStatuses)[number];

/** How far a step has come; `dropped`: there its run failed or was cancelled. */
export const stepStates = ['open', 'completed', 'skipped', 'failed', 'outcome_unknown', 'dropped'] as const;
export type StepState = (typeof stepStates)[number];
