import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { EventType } from '../../shared/events/event-types.ts';
import { tailOf } from '../../shared/events/server/event-tail.ts';
import type { KnownContext } from './mcp-request.ts';

type ListKind = Exclude<ServerEvent['kind'], 'resource_updated'>;

/** After which events a list of the tenant may be another. */
const changes: Partial<Record<EventType, readonly ListKind[]>> = {
  ToolCreated: ['tools_list_changed'],
  ToolUpdated: ['tools_list_changed'],
  ToolRestored: ['tools_list_changed'],
  ToolArchived: ['tools_list_changed'],
  ToolUnarchived: ['tools_list_changed'],
  ToolEnabled: ['tools_list_changed'],
  ToolDisabled: ['tools_list_changed'],
  ConnectorUpdated: ['tools_list_changed'],
  ConnectorRestored: ['tools_list_changed'],
  PlaybookPublished: ['prompts_list_changed', 'resources_list_changed'],
  PlaybookArchived: ['prompts_list_changed', 'resources_list_changed'],
  PlaybookUnarchived: ['prompts_list_changed', 'resources_list_changed'],
  ExceptionCreated: ['resources_list_changed'],
  ExceptionResolved: ['resources_list_changed'],
  ExceptionReopened: ['resources_list_changed'],
};

/** The lists of the tenant that change from now on. Ends when `signal` aborts. */
export async function* listChanges(
  { services, identity }: KnownContext,
  signal: AbortSignal,
): AsyncGenerator<ListKind> {
  for await (const { events } of tailOf(services).follow(identity.tenantId, null, signal)) {
    const kinds = events.flatMap(({ type }) => changes[type as EventType] ?? []);
    yield* new Set(kinds);
  }
}

/**
 * What a subscription of one request listens to. Every process reads the same log, so any of them can serve it.
 * @param begun called when it listens
 */
export function changesOf(context: KnownContext, begun: () => void): ServerEventBus {
  return {
    // What this process publishes is in the log.
    publish: () => {},
    subscribe(listener) {
      begun();
      const stop = new AbortController();
      const follow = async () => {
        for await (const kind of listChanges(context, stop.signal)) listener({ kind });
      };
      follow().catch((error: unknown) => {
        if (!stop.signal.aborted) context.services.log.error({ err: error }, 'A subscription broke off');
      });
      return () => stop.abort();
    },
  };
}
