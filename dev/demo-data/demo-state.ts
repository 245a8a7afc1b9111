import { z } from 'zod';
import { readJson, writePrivateJson } from '../private-file.ts';

const demoStateSchema = z.object({
  /** Connectors and tools are there; from then on they belong to the people. */
  registered: z.boolean().default(false),
  /** The history has run. */
  complete: z.boolean().default(false),
  /** Domains, playbooks, exceptions and their runs are there. */
  casesComplete: z.boolean().default(false),
  /** What the due times of the cases count from: the same in every attempt to load them. */
  casesSince: z.string().nullable().default(null),
  /** Keys of the cases that were begun; none is told twice. */
  casesTold: z.array(z.string()).default([]),
  /** The tenants' admin keys, by slug; a key is readable only when it is made. */
  apiKeys: z.record(z.string(), z.string()).default({}),
  platformKey: z.string().nullable().default(null),
  /** What the connectors were given, to notice a changed port. */
  urls: z.object({ demo: z.string(), temporalHttp: z.string().nullable() }).nullable().default(null),
});
export type DemoState = z.infer<typeof demoStateSchema>;

/** What the demo loader remembers beside the database. */
export function readDemoState(file: string): DemoState {
  const kept = demoStateSchema.safeParse(readJson(file));
  return kept.success ? kept.data : demoStateSchema.parse({});
}

export function writeDemoState(file: string, state: DemoState): void {
  writePrivateJson(file, state);
}
