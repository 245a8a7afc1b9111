import { writePrivateJson } from './private-file.ts';

/** What the CLI and tests need to find a running stack (API.md); holds secrets. */
export interface DevJson {
  apiUrl: string;
  webUrl: string;
  temporalUiUrl: string | null;
  temporalAddress: string;
  temporalHttpUrl: string | null;
  /** The owner's connection, not the one of the processes. */
  databaseUrl: string;
  demoServicesUrl: string;
  users: { email: string; password: string; tenant: string; roles: readonly string[] }[];
  /** An admin key of each tenant, by its slug. */
  apiKeys: Record<string, string>;
}

export function writeDevJson(file: string, content: DevJson): void {
  writePrivateJson(file, content);
}
