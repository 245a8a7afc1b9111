import { loadClientConfigProfile } from '@temporalio/envconfig';

export interface OutsideServers {
  /** A role that may create roles and tables; null for the embedded server. */
  databaseUrl: string | null;
  /** host:port; null for the embedded server. */
  temporalAddress: string | null;
  temporalUiUrl: string | null;
  temporalHttpUrl: string | null;
}

/** Which servers the environment, or a Temporal configuration file, says to use instead of the embedded ones. */
export function outsideServers(env: NodeJS.ProcessEnv = process.env): OutsideServers {
  return {
    databaseUrl: env.DATABASE_URL || null,
    temporalAddress: loadClientConfigProfile().address ?? null,
    temporalUiUrl: env.INTERLOCK_TEMPORAL_UI_URL || null,
    temporalHttpUrl: env.INTERLOCK_TEMPORAL_HTTP_URL || null,
  };
}
