import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/solid-router';
import { archivedTypes } from '../shared/archived/archived-types.ts';
import { batchStatuses } from '../shared/batches/batch-statuses.ts';
import { eventTypes } from '../shared/events/event-types.ts';
import { exceptionStatuses, severities } from '../shared/exceptions/exception-statuses.ts';
import { approvalStatuses } from '../shared/executions/approval-statuses.ts';
import { callDoorFilters } from '../shared/executions/call-doors.ts';
import { callerKinds } from '../shared/executions/caller-kinds.ts';
import { executionStatuses, failureCodes } from '../shared/executions/failure-codes.ts';
import { doors } from '../shared/identity/doors.ts';
import { inboxGroupings, inboxSorts } from '../shared/playbooks/inbox-sorts.ts';
import { runListStatuses, stepStates } from '../shared/playbooks/run-statuses.ts';
import { scheduleStatuses } from '../shared/schedules/schedule-statuses.ts';
import { templateCategories } from '../shared/templates/template-data.ts';
import { periodNames } from '../shared/usage/periods.ts';
import { oneOf, parseSearch, positiveInt, searchOf, stringifySearch, text } from './search-params.ts';
import { ErrorPage, NotFound, NotFoundPage } from './shell/fallback-pages.tsx';
import type { LoadFinder } from './shell/finder.ts';
import { removeFrame } from './shell/frame.ts';
import { TenantShell } from './shell/tenant-shell.tsx';

export const toolsSearchSchema = searchOf({
  q: text,
  scope: oneOf(['tenant', 'global']),
  status: oneOf(['enabled', 'disabled']),
  type: text,
  category: text,
});

export const toolTabs = [
  'overview',
  'schemas',
  'versions',
  'trial',
  'policy',
  'executions',
  'usage',
] as const;
const period = oneOf(periodNames);
export const toolSearchSchema = searchOf({
  tab: oneOf(toolTabs),
  /** The versions to compare in the Versions tab. */
  from: positiveInt,
  to: positiveInt,
  /** Of the Usage tab. */
  period,
});

/** Of the policies: the one whose versions are shown, and which are compared. */
const settingsSearchSchema = searchOf({ policy: text, from: positiveInt, to: positiveInt });

/**
 * `rerun`: the execution that is run again. `input`: one whose input is copied into a new execution. `exception`: the
 * exception that the execution belongs to. `sample`: the input begins as the example of the tool's schema.
 */
export const runSearchSchema = searchOf({
  rerun: text,
  input: text,
  exception: text,
  sample: text,
  /** The version of the draft that is tested. */
  draft: positiveInt,
});

export const templatesSearchSchema = searchOf({
  q: text,
  service: text,
  category: oneOf(templateCategories),
});

export const connectorsSearchSchema = searchOf({ q: text });
export const connectorSearchSchema = searchOf({
  tab: oneOf(['versions', 'usage']),
  /** The revisions to compare in the Versions tab. */
  from: positiveInt,
  to: positiveInt,
  period,
});

/** `copy`: the tool to copy; `connector` and `operation`: what its draft is of. */
export const newToolSearchSchema = searchOf({ copy: text, connector: text, operation: text });

export const executionsSearchSchema = searchOf({
  q: text,
  toolId: text,
  toolVersion: text,
  connectorId: text,
  caller: oneOf(callerKinds),
  door: oneOf(callDoorFilters),
  playbookId: text,
  exceptionId: text,
  status: oneOf(executionStatuses),
  failureCode: oneOf(failureCodes),
  approval: oneOf(approvalStatuses),
  actor: text,
  from: text,
  to: text,
});

export const runsSearchSchema = searchOf({ q: text, status: oneOf(runListStatuses) });
export const batchesSearchSchema = searchOf({ q: text, status: oneOf(batchStatuses) });

export const archivedSearchSchema = searchOf({ q: text, type: oneOf(archivedTypes) });
export const schedulesSearchSchema = searchOf({ q: text, status: oneOf(scheduleStatuses) });

/** Without a `status` the list shows unresolved exceptions; `all` shows every exception. */
export const exceptionsSearchSchema = searchOf({
  q: text,
  status: oneOf([...exceptionStatuses, 'unresolved', 'all']),
  severity: oneOf(severities),
  domain: text,
  assignee: text,
  due: oneOf(['overdue', 'today', 'week']),
  sort: oneOf(['due', 'severity']),
  openedFrom: text,
  openedTo: text,
  resolvedFrom: text,
  resolvedTo: text,
});

/** `run`: the playbook run to show. `step`: its open step. `view`: its steps as a graph. */
export const exceptionSearchSchema = searchOf({ run: text, step: text, view: oneOf(['graph']) });

export const playbooksSearchSchema = searchOf({
  q: text,
  status: oneOf(['draft', 'published']),
});

export const playbookTabs = ['steps', 'versions', 'runs', 'usage'] as const;
export const playbookSearchSchema = searchOf({
  tab: oneOf(playbookTabs),
  /** The versions to compare in the Versions tab. Without `to`, the draft if there is one. */
  from: positiveInt,
  to: positiveInt,
  period,
  /** Of the Runs tab: what a number of usage counts. */
  status: oneOf(runListStatuses),
  runVersion: text,
  step: text,
  state: oneOf(stepStates),
  since: text,
  until: text,
});

/** `copy`: the playbook to copy. `template`: what to start from, with `tool` in the place of a person. */
export const newPlaybookSearchSchema = searchOf({ copy: text, template: text, tool: text });

/** `item`: the open step, as `<run>~<step>`. */
export const inboxSearchSchema = searchOf({
  scope: oneOf(['todo', 'mine', 'roles', 'all']),
  item: text,
  q: text,
  severity: oneOf(severities),
  type: text,
  overdue: oneOf(['yes']),
  sort: oneOf(inboxSorts),
  group: oneOf(inboxGroupings),
});
export const playbookRunSearchSchema = searchOf({ step: text, view: oneOf(['graph']) });

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./features/home/home-page.tsx')),
});

/** Links from Temporal Web, which does not know the tenant's slug. */
const executionLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/executions/$id',
  component: lazyRouteComponent(() => import('./features/home/execution-link-page.tsx')),
});
const runLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/playbook-runs/$id',
  validateSearch: playbookRunSearchSchema,
  component: lazyRouteComponent(() => import('./features/home/run-link-page.tsx')),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  /** `problem` and `error`: why single sign-on has led back. `ended`: a session has. */
  validateSearch: searchOf({ to: text, problem: text, error: text, ended: oneOf(['yes']) }),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx')),
});

/** The token of the invitation is behind `#`, which is sent to no server. */
const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('./features/join/join-page.tsx')),
});

/** Where an app sends a person who shall allow it something. */
const connectAppRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect-app/$uid',
  component: lazyRouteComponent(() => import('./features/connect-app/connect-app-page.tsx')),
});
const appRefusedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect-app/refused',
  validateSearch: searchOf({ error: text }),
  component: lazyRouteComponent(() => import('./features/connect-app/refused-page.tsx')),
});

const loadFinder: LoadFinder = async () => {
  const [{ createFinder }, { settingsGroups }, { docGroups }] = await Promise.all([
    import('./features/search/parts/find-everything.ts'),
    import('./features/settings/sections.ts'),
    import('./features/docs/doc-pages.ts'),
  ]);
  return createFinder(settingsGroups, docGroups);
};

const tenantRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$tenant',
  component: () => <TenantShell finder={loadFinder} />,
  notFoundComponent: NotFound,
});

const tenantIndexRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/t/$tenant/home', params, search: {}, replace: true });
  },
});

/** What a person sees first. */
const overviewRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/home',
  validateSearch: searchOf({ period }),
  component: lazyRouteComponent(() => import('./features/home/overview-page.tsx')),
});

const inboxRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inbox',
  validateSearch: inboxSearchSchema,
  component: lazyRouteComponent(() => import('./features/inbox/inbox-page.tsx')),
});

/** What the person was told. */
const notificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/notifications',
  validateSearch: searchOf({ show: oneOf(['unread']) }),
  component: lazyRouteComponent(() => import('./features/notifications/notifications-page.tsx')),
});

const playbookRunRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbook-runs/$runId',
  validateSearch: playbookRunSearchSchema,
  component: lazyRouteComponent(() => import('./features/playbooks/run/playbook-run-page.tsx')),
});

const toolsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools',
  validateSearch: toolsSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/list/tools-page.tsx')),
});

const newToolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/new',
  validateSearch: newToolSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/edit/tool-form-page.tsx')),
});

const importRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/import',
  validateSearch: searchOf({ id: text }),
  component: lazyRouteComponent(() => import('./features/tools/edit/import/import-page.tsx')),
});

const exportRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/export',
  component: lazyRouteComponent(() => import('./features/tools/edit/export/export-page.tsx')),
});

const applyFilesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/apply',
  component: lazyRouteComponent(() => import('./features/tools/edit/apply-files/apply-page.tsx')),
});

const templatesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/templates',
  validateSearch: templatesSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/edit/templates/templates-page.tsx')),
});

const templateRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/templates/$templateId',
  component: lazyRouteComponent(() => import('./features/tools/edit/templates/template-page.tsx')),
});

const editToolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/$toolId/edit',
  component: lazyRouteComponent(() => import('./features/tools/edit/tool-form-page.tsx')),
});

/** The parent of the run sheet, behind which it stays visible. */
const toolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/$toolId',
  validateSearch: toolSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/detail/tool-page.tsx')),
});

/** A version of a definition has an address of its own. */
const versionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/$kind/$id/versions/$version',
  beforeLoad: ({ params: { tenant, kind, id, version } }) => {
    const search = { tab: 'versions', to: Number(version) || undefined } as const;
    if (kind === 'tools')
      throw redirect({ to: '/t/$tenant/tools/$toolId', params: { tenant, toolId: id }, search });
    if (kind === 'connectors')
      throw redirect({
        to: '/t/$tenant/connectors/$connectorId',
        params: { tenant, connectorId: id },
        search,
      });
    if (kind === 'playbooks')
      throw redirect({ to: '/t/$tenant/playbooks/$playbookId', params: { tenant, playbookId: id }, search });
    if (kind === 'policies')
      throw redirect({
        to: '/t/$tenant/settings/$section',
        params: { tenant, section: 'policies' },
        search: { policy: id, to: search.to },
      });
    throw notFound();
  },
});

const runToolRoute = createRoute({
  getParentRoute: () => toolRoute,
  path: '/run',
  validateSearch: runSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/run/run-tool-sheet.tsx')),
});

const connectorsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/connectors',
  validateSearch: connectorsSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/connectors/connectors-page.tsx')),
});

const newConnectorRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/connectors/new',
  component: lazyRouteComponent(() => import('./features/tools/edit/connector/connector-form-page.tsx')),
});

const connectorRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/connectors/$connectorId',
  validateSearch: connectorSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/connectors/connector-page.tsx')),
});

const editConnectorRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/connectors/$connectorId/edit',
  component: lazyRouteComponent(() => import('./features/tools/edit/connector/connector-form-page.tsx')),
});

const exceptionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/exceptions',
  validateSearch: exceptionsSearchSchema,
  component: lazyRouteComponent(() => import('./features/exceptions/list/exceptions-page.tsx')),
});

const exceptionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/exceptions/$exceptionId',
  validateSearch: exceptionSearchSchema,
  component: lazyRouteComponent(() => import('./features/exceptions/detail/exception-page.tsx')),
});

const executionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/executions',
  validateSearch: executionsSearchSchema,
  component: lazyRouteComponent(() => import('./features/executions/list/executions-page.tsx')),
});

const executionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/executions/$executionId',
  component: lazyRouteComponent(() => import('./features/executions/detail/execution-page.tsx')),
});

const runsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbook-runs',
  validateSearch: runsSearchSchema,
  component: lazyRouteComponent(() => import('./features/playbooks/runs/runs-page.tsx')),
});

const batchesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/batches',
  validateSearch: batchesSearchSchema,
  component: lazyRouteComponent(() => import('./features/batches/list/batches-page.tsx')),
});

const newBatchRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/batches/new',
  component: lazyRouteComponent(() => import('./features/batches/edit/new-batch-page.tsx')),
});

const batchRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/batches/$batchId',
  component: lazyRouteComponent(() => import('./features/batches/detail/batch-page.tsx')),
});

const schedulesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/schedules',
  validateSearch: schedulesSearchSchema,
  component: lazyRouteComponent(() => import('./features/schedules/list/schedules-page.tsx')),
});

const newScheduleRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/schedules/new',
  component: lazyRouteComponent(() => import('./features/schedules/edit/new-schedule-page.tsx')),
});

const scheduleRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/schedules/$scheduleId',
  component: lazyRouteComponent(() => import('./features/schedules/detail/schedule-page.tsx')),
});

const editScheduleRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/schedules/$scheduleId/edit',
  component: lazyRouteComponent(() => import('./features/schedules/edit/edit-schedule-page.tsx')),
});

const archivedListRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/archived',
  validateSearch: archivedSearchSchema,
  component: lazyRouteComponent(() => import('./features/archived/list/archived-list-page.tsx')),
});

const archivedRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/archived/$type/$id',
  component: lazyRouteComponent(() => import('./features/archived/detail/archived-page.tsx')),
});

const playbooksRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbooks',
  validateSearch: playbooksSearchSchema,
  component: lazyRouteComponent(() => import('./features/playbooks/list/playbooks-page.tsx')),
});

const newPlaybookRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbooks/new',
  validateSearch: newPlaybookSearchSchema,
  component: lazyRouteComponent(() => import('./features/playbooks/edit/playbook-editor-page.tsx')),
});

const playbookTemplatesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbooks/templates',
  component: lazyRouteComponent(() => import('./features/playbooks/templates/playbook-templates-page.tsx')),
});

const playbookRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbooks/$playbookId',
  validateSearch: playbookSearchSchema,
  component: lazyRouteComponent(() => import('./features/playbooks/detail/playbook-page.tsx')),
});

const editPlaybookRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/playbooks/$playbookId/edit',
  component: lazyRouteComponent(() => import('./features/playbooks/edit/playbook-editor-page.tsx')),
});

/** `event`: the one that is shown beside the list. */
export const auditSearchSchema = searchOf({
  actor: text,
  type: oneOf(eventTypes),
  door: oneOf(doors),
  address: text,
  subjectType: text,
  subjectId: text,
  from: text,
  to: text,
  event: text,
});

const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/audit',
  validateSearch: auditSearchSchema,
  component: lazyRouteComponent(() => import('./features/audit/audit-page.tsx')),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings',
  beforeLoad: ({ params: { tenant } }) => {
    const params = { tenant, section: 'private-addresses' };
    throw redirect({ to: '/t/$tenant/settings/$section', params, replace: true });
  },
});

/** Its pages: features/settings/sections.ts. */
const settingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/$section',
  validateSearch: settingsSearchSchema,
  component: lazyRouteComponent(() => import('./features/settings/settings-page.tsx')),
});

const profileRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('./features/profile/profile-page.tsx')),
});

const docsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/docs',
  validateSearch: searchOf({ q: text }),
  component: lazyRouteComponent(() => import('./features/docs/docs-page.tsx')),
});
const docRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/docs/$page',
  component: lazyRouteComponent(() => import('./features/docs/doc-page.tsx')),
});
const ownNotificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/profile/notifications',
  component: lazyRouteComponent(() => import('./features/profile/notifications/own-settings-page.tsx')),
});

const inboundWebhookRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/inbound-webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./features/settings/inbound/inbound-page.tsx')),
});
const credentialRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/credentials/$credentialId',
  component: lazyRouteComponent(() => import('./features/settings/credentials/credential-page.tsx')),
});

const newCredentialRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/credentials/new',
  component: lazyRouteComponent(() => import('./features/tools/edit/credential/credential-form-page.tsx')),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  joinRoute,
  appRefusedRoute,
  connectAppRoute,
  executionLinkRoute,
  runLinkRoute,
  tenantRoute.addChildren([
    tenantIndexRoute,
    overviewRoute,
    inboxRoute,
    notificationsRoute,
    playbookRunRoute,
    toolsRoute,
    newToolRoute,
    importRoute,
    exportRoute,
    applyFilesRoute,
    templatesRoute,
    templateRoute,
    editToolRoute,
    toolRoute.addChildren([runToolRoute]),
    connectorsRoute,
    newConnectorRoute,
    connectorRoute,
    editConnectorRoute,
    exceptionsRoute,
    exceptionRoute,
    executionsRoute,
    runsRoute,
    batchesRoute,
    newBatchRoute,
    batchRoute,
    schedulesRoute,
    newScheduleRoute,
    scheduleRoute,
    archivedListRoute,
    archivedRoute,
    editScheduleRoute,
    executionRoute,
    playbooksRoute,
    newPlaybookRoute,
    playbookTemplatesRoute,
    playbookRoute,
    editPlaybookRoute,
    versionRoute,
    auditRoute,
    settingsIndexRoute,
    settingsRoute,
    profileRoute,
    docsRoute,
    docRoute,
    ownNotificationsRoute,
    newCredentialRoute,
    inboundWebhookRoute,
    credentialRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // What is around every page shows, and asks for its data, while the page itself is on its way.
  defaultPendingMs: 0,
  // By default the page waits for half a second then, and asks for its own data only after that.
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => null,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
});

// From then on the page before stays until the next one is there.
const unsubscribe = router.subscribe('onResolved', () => {
  removeFrame();
  router.options.defaultPendingMs = Number.POSITIVE_INFINITY;
  unsubscribe();
});

declare module '@tanstack/solid-router' {
  interface Register {
    router: typeof router;
  }
}
