/** Connections of one process to PostgreSQL, at most, for each role of its logins. */
export interface PoolSizes {
  app: number;
  system: number;
  auth: number;
}

/**
 * @param works whether the process has the role `worker`, whose sweeps need more
 * @param app a size of the pool of requests and calls to use instead
 */
export function poolSizes(works: boolean, app?: number): PoolSizes {
  return { app: app ?? (works ? 20 : 12), system: 4, auth: 4 };
}
