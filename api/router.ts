import { connectorsRouter } from './connectors/connectors-router.ts';
import { connectionsRouter } from './credentials/connections-router.ts';
import { eventsRouter } from './events/events-router.ts';
import { exceptionsRouter } from './exceptions/exceptions-router.ts';
import { executionsRouter } from './executions/executions-router.ts';
import { meRouter } from './identity/me-router.ts';
import { inboxRouter } from './inbox/inbox-router.ts';
import { liveRouter } from './live/live-router.ts';
import { membersRouter } from './members/members-router.ts';
import { playbooksRouter } from './playbooks/playbooks-router.ts';
import { runsRouter } from './runs/runs-router.ts';
import { searchRouter } from './search/search-router.ts';
import { settingsRouter } from './settings/settings-router.ts';
import { toolsRouter } from './tools/tools-router.ts';
import { router } from './trpc.ts';
import { webhooksRouter } from './webhooks/webhooks-router.ts';

/** Every procedure of the product. tRPC, REST and OpenAPI are made from it. */
export const appRouter = router({
  me: meRouter,
  tools: toolsRouter,
  connectors: connectorsRouter,
  connections: connectionsRouter,
  executions: executionsRouter,
  events: eventsRouter,
  live: liveRouter,
  settings: settingsRouter,
  exceptions: exceptionsRouter,
  members: membersRouter,
  playbooks: playbooksRouter,
  runs: runsRouter,
  inbox: inboxRouter,
  webhooks: webhooksRouter,
  search: searchRouter,
});
export type AppRouter = typeof appRouter;
