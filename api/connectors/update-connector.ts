import { z } from 'zod';
import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { updateConnector as update } from '../../shared/tools/server/write-connector.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { connectorState } from './connector-state.ts';

/** The response names the tools that the change affects. */
export const updateConnector = procedure('connectors.write', {
  method: 'PUT',
  path: '/api/connectors/{id}',
  summary: 'Change a connector for every tool that uses it: a new revision',
  tags: ['connectors'],
  bodyField: 'definition',
  headers: { 'if-match': 'ifMatch', 'x-change-note': 'note' },
  state: connectorState,
})
  .input(byId.extend({ definition: anyObject, note: z.string().max(500).optional(), ifMatch }))
  .output(connectorViewSchema)
  .mutation(async ({ ctx, input: { id, definition, note, ifMatch } }) => {
    await update(ctx, id, definition, { note: note ?? null, ifMatch });
    return readConnector(ctx, id);
  });
