import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import {
  connectorViewSchema,
  egressSettingsSchema,
  eventListInputSchema,
  eventSchema,
  executeInputSchema,
  executionListInputSchema,
  executionSchema,
  executionSummarySchema,
  issueSchema,
  meSchema,
  pageInput,
  pageOf,
  previewSchema,
  toolDiffSchema,
  toolListInputSchema,
  toolSummarySchema,
  toolVersionSchema,
  toolViewSchema,
} from '../../shared/pure/api-schemas.ts';
import { toolDefinitionSchema } from '../../shared/pure/tool-definition.ts';

/** The types of the API as this page calls it; types only, nothing of it is bundled. */
const t = initTRPC.create();
const id = z.object({ id: z.string() });
const unreachable = (): never => {
  throw new Error('types only');
};
const p = t.procedure;

export const appRouter = t.router({
  me: t.router({ get: p.output(meSchema).query(unreachable) }),
  tools: t.router({
    list: p.input(toolListInputSchema).output(pageOf(toolSummarySchema)).query(unreachable),
    get: p.input(id).output(toolViewSchema).query(unreachable),
    create: p.input(toolDefinitionSchema).output(toolViewSchema).mutation(unreachable),
    update: p
      .input(z.object({ id: z.string(), definition: toolDefinitionSchema, note: z.string().optional() }))
      .output(toolViewSchema)
      .mutation(unreachable),
    archive: p.input(id).output(z.void()).mutation(unreachable),
    versions: p
      .input(id)
      .output(z.object({ items: z.array(toolVersionSchema) }))
      .query(unreachable),
    restore: p
      .input(id.extend({ version: z.int() }))
      .output(toolViewSchema)
      .mutation(unreachable),
    diff: p
      .input(id.extend({ from: z.int(), to: z.int() }))
      .output(toolDiffSchema)
      .query(unreachable),
    setEnabled: p
      .input(id.extend({ enabled: z.boolean() }))
      .output(toolViewSchema)
      .mutation(unreachable),
    validate: p
      .input(id.extend({ payload: z.unknown() }))
      .output(z.object({ valid: z.literal(true) }))
      .mutation(unreachable),
    preview: p
      .input(id.extend({ payload: z.unknown() }))
      .output(previewSchema)
      .mutation(unreachable),
    execute: p.input(executeInputSchema).output(executionSchema).mutation(unreachable),
    checkDefinition: p
      .input(z.object({ definition: z.unknown(), id: z.string().optional() }))
      .output(z.object({ issues: z.array(issueSchema) }))
      .query(unreachable),
  }),
  connectors: t.router({
    list: p.input(z.object(pageInput)).output(pageOf(connectorViewSchema)).query(unreachable),
    get: p.input(id).output(connectorViewSchema).query(unreachable),
  }),
  executions: t.router({
    list: p.input(executionListInputSchema).output(pageOf(executionSummarySchema)).query(unreachable),
    get: p.input(id).output(executionSchema).query(unreachable),
    cancel: p.input(id).output(executionSchema).mutation(unreachable),
    rerun: p.input(id).output(executionSchema).mutation(unreachable),
  }),
  events: t.router({ list: p.input(eventListInputSchema).output(pageOf(eventSchema)).query(unreachable) }),
  settings: t.router({
    getEgress: p.output(egressSettingsSchema).query(unreachable),
    putEgress: p.input(egressSettingsSchema).output(egressSettingsSchema).mutation(unreachable),
  }),
  live: t.router({
    events: p.input(z.object({ lastEventId: z.string().optional() })).subscription(async function* () {
      yield {
        id: '',
        data: { id: '', type: '', subjectType: '', subjectId: '', data: {} as Record<string, unknown> },
      };
    }),
  }),
});
export type AppRouter = typeof appRouter;
