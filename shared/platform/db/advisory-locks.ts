/** The advisory locks of the database. Each has its own number: two uses of one number would block each other. */
export const advisoryLocks = {
  migrations: 7_420_311,
  sweepExecutions: 7_420_312,
  sweepRuns: 7_420_313,
  feedWebhooks: 7_420_314,
} as const;
