/**
 * How far a step has come, as one of `stepStates`. A run that fails or is cancelled ends its open steps as skipped: there it
 * dropped out. @param s, r the aliases of the step and its run
 */
export const stepStateSql = (s: string, r: string): string => `CASE
  WHEN ${r}.status IN ('failed', 'cancelled') AND (${s}.status = 'failed'
    OR ${s}.status = 'skipped' AND coalesce(${s}.reason = 'The run was ' || ${r}.status || '.', false)) THEN 'dropped'
  WHEN ${s}.status IN ('waiting', 'running') THEN 'open' ELSE ${s}.status END`;
