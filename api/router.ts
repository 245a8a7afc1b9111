import { apiKeysRouter } from './api-keys/api-keys-router.ts';
import { appsRouter } from './apps/apps-router.ts';
import { archivedRouter } from './archived/archived-router.ts';
import { artifactsRouter } from './artifacts/artifacts-router.ts';
import { auditRouter } from './audit/audit-router.ts';
import { batchesRouter } from './batches/batches-router.ts';
import { connectorsRouter } from './connectors/connectors-router.ts';
import { connectionsRouter } from './credentials/connections-router.ts';
import { credentialsRouter } from './credentials/credentials-router.ts';
import { eventsRouter } from './events/events-router.ts';
import { exceptionsRouter } from './exceptions/exceptions-router.ts';
import { executionsRouter } from './executions/executions-router.ts';
import { filesRouter } from './files/files-router.ts';
import { meRouter } from './identity/me-router.ts';
import { importsRouter } from './imports/imports-router.ts';
import { inboundWebhooksRouter } from './inbound-webhooks/inbound-webhooks-router.ts';
import { inboxRouter } from './inbox/inbox-router.ts';
import { invitationsRouter } from './invitations/invitations-router.ts';
import { legalHoldsRouter } from './legal-holds/legal-holds-router.ts';
import { breakersRouter, limitsRouter } from './limits/limits-router.ts';
import { liveRouter } from './live/live-router.ts';
import { membersRouter } from './members/members-router.ts';
import { notificationsRouter } from './notifications/notifications-router.ts';
import { organizationsRouter } from './organizations/organizations-router.ts';
import { personalDataRouter } from './personal-data/personal-data-router.ts';
import { playbooksRouter } from './playbooks/playbooks-router.ts';
import { policiesRouter } from './policies/policies-router.ts';
import { presenceRouter } from './presence/presence-router.ts';
import { rulesRouter } from './rules/rules-router.ts';
import { runsRouter } from './runs/runs-router.ts';
import { schedulesRouter } from './schedules/schedules-router.ts';
import { searchRouter } from './search/search-router.ts';
import { settingsRouter } from './settings/settings-router.ts';
import { templatesRouter } from './templates/templates-router.ts';
import { toolsRouter } from './tools/tools-router.ts';
import { trialsRouter } from './trials/trials-router.ts';
import { router } from './trpc.ts';
import { usageRouter } from './usage/usage-router.ts';
import { viewsRouter } from './views/views-router.ts';
import { webhooksRouter } from './webhooks/webhooks-router.ts';

/** Every procedure of the product. tRPC, REST and OpenAPI are made from it. */
export const appRouter = router({
  me: meRouter,
  presence: presenceRouter,
  tools: toolsRouter,
  connectors: connectorsRouter,
  imports: importsRouter,
  artifacts: artifactsRouter,
  templates: templatesRouter,
  files: filesRouter,
  credentials: credentialsRouter,
  policies: policiesRouter,
  limits: limitsRouter,
  breakers: breakersRouter,
  legalHolds: legalHoldsRouter,
  personalData: personalDataRouter,
  connections: connectionsRouter,
  executions: executionsRouter,
  batches: batchesRouter,
  trials: trialsRouter,
  schedules: schedulesRouter,
  events: eventsRouter,
  audit: auditRouter,
  live: liveRouter,
  settings: settingsRouter,
  exceptions: exceptionsRouter,
  rules: rulesRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  apiKeys: apiKeysRouter,
  apps: appsRouter,
  organizations: organizationsRouter,
  playbooks: playbooksRouter,
  runs: runsRouter,
  inbox: inboxRouter,
  notifications: notificationsRouter,
  webhooks: webhooksRouter,
  inboundWebhooks: inboundWebhooksRouter,
  search: searchRouter,
  usage: usageRouter,
  views: viewsRouter,
  archived: archivedRouter,
});
export type AppRouter = typeof appRouter;
