/** Ways to make one recorded call through Temporal. */
export const contenders = [
  'bare',
  'limit',
  'three_remote',
  'one_remote',
  'one_remote_eager',
  'one_local_eager',
  'one_local_done_at_commit',
  'one_local_head_start',
  'start_beside',
  'start_after',
] as const;
export type Contender = (typeof contenders)[number];

/** The task queue of all of them. */
export const contenderQueue = 'bench';

/** Other ways to keep the same promise. Restate is not here: it needs a server program, which npm does not carry. */
export const others = ['dbos', 'graphile_worker', 'pg_boss'] as const;
export type Other = (typeof others)[number];
