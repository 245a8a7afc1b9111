/** Why a workflow cannot go on. */
export const stallCauses = ['changed_code', 'task_fails', 'no_worker'] as const;

export type StallCause = (typeof stallCauses)[number];

/** What is wrong and what to do, for people. */
export const stallWords: Record<StallCause, string> = {
  changed_code:
    'Its workflow began with other workflow code than that of the workers now. Someone who runs Interlock has to start workers with the code of that time, or reset the workflow in Temporal.',
  task_fails:
    'The tasks of its workflow fail. Someone who runs Interlock finds the reason in the log of the workers and in Temporal.',
  no_worker:
    'No worker takes the tasks of its workflow. Someone who runs Interlock has to start workers of the version that it began with.',
};
