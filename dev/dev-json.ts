import { writePrivateJson } from './private-file.ts';

/** How programs and tests find a running stack (API.md). Holds secrets. */
export interface DevJson {
  apiUrl: string;
  webUrl: string;
  temporalUiUrl: string | null;
  temporalAddress: string;
  temporalHttpUrl: string | null;
  /** Of the database's owner, not of the login of the processes. */
  databaseUrl: string;
  demoServicesUrl: string;
  users: { email: string; password: string; tenant: string; roles: readonly string[] }[];
  /** An admin key of each tenant, by its slug. */
  apiKeys: Record<string, string>;
}

export function writeDevJson(file: string, content: DevJson): void {
  writePrivateJson(file, content);
}
