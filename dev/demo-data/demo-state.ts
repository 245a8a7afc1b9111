import { z } from 'zod';
import { readJson, writePrivateJson } from '../private-file.ts';

const demoStateSchema = z.object({
  /** Connectors and tools are loaded; from then on, changes to them are kept. */
  registered: z.boolean().default(false),
  /** The history has run. */
  complete: z.boolean().default(false),
  /** Domains, playbooks, exceptions and their runs are loaded. */
  casesComplete: z.boolean().default(false),
  /** The due dates of the cases count from this time: the same in every attempt to load them. */
  casesSince: z.string().nullable().default(null),
  /** Keys of the cases that were begun; none is played again. */
  casesBegun: z.array(z.string()).default([]),
  /** The tenants' admin keys, by slug; a key is readable only when it is made. */
  apiKeys: z.record(z.string(), z.string()).default({}),
  platformKey: z.string().nullable().default(null),
  /** The URLs that the connectors have, to notice a changed port. */
  urls: z
    .object({
      demo: z.string(),
      temporalHttp: z.string().nullable(),
      mail: z.string().nullable().default(null),
      shop: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type DemoState = z.infer<typeof demoStateSchema>;

/** What the demo loader stores outside the database. */
export function readDemoState(file: string): DemoState {
  const kept = demoStateSchema.safeParse(readJson(file));
  return kept.success ? kept.data : demoStateSchema.parse({});
}

export function writeDemoState(file: string, state: DemoState): void {
  writePrivateJson(file, state);
}
