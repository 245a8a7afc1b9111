import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/solid-router';
import { z } from 'zod';
import { executionStatuses, failureCodes } from '../shared/pure/failure-codes.ts';
import { ErrorPage, NotFoundPage } from './pages/fallback-pages.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';
import { TenantShell } from './shell/tenant-shell.tsx';

/** A filter that does not make sense is left out, so that an old or mistyped link still opens. */
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = optional(z.string().max(200));

export const toolsSearchSchema = z.object({
  q: text,
  scope: optional(z.enum(['tenant', 'global'])),
  status: optional(z.enum(['enabled', 'disabled'])),
  type: text,
  category: text,
});

export const toolTabs = ['overview', 'schemas', 'versions', 'executions'] as const;
const version = optional(z.coerce.number().int().min(1));
export const toolSearchSchema = z.object({
  tab: optional(z.enum(toolTabs)),
  /** The two versions compared in the Versions tab. */
  from: version,
  to: version,
});

/** `input`: the execution whose input is loaded. `exception`: the case that the run belongs to. */
export const runSearchSchema = z.object({ input: text, exception: text });

/** `copy`: the tool that a new one starts from. */
export const newToolSearchSchema = z.object({ copy: text });

export const executionsSearchSchema = z.object({
  q: text,
  toolId: text,
  exceptionId: text,
  status: optional(z.enum(executionStatuses)),
  failureCode: optional(z.enum(failureCodes)),
  actor: text,
  from: text,
  to: text,
});

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/home-page.tsx')),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ to: text }),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx')),
});

const tenantRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$tenant',
  component: TenantShell,
  notFoundComponent: NotFoundPage,
});

const tenantIndexRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/t/$tenant/tools', params, replace: true });
  },
});

const toolsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools',
  validateSearch: toolsSearchSchema,
  component: lazyRouteComponent(() => import('./pages/tools/tools-page.tsx')),
});

const newToolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/new',
  validateSearch: newToolSearchSchema,
  component: lazyRouteComponent(() => import('./pages/tool-form/tool-form-page.tsx')),
});

const editToolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/$toolId/edit',
  component: lazyRouteComponent(() => import('./pages/tool-form/tool-form-page.tsx')),
});

/** The tool's page stays behind the run sheet, which is its child. */
const toolRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/tools/$toolId',
  validateSearch: toolSearchSchema,
  component: lazyRouteComponent(() => import('./pages/tool/tool-page.tsx')),
});

const runToolRoute = createRoute({
  getParentRoute: () => toolRoute,
  path: '/run',
  validateSearch: runSearchSchema,
  component: lazyRouteComponent(() => import('./pages/run-tool/run-tool-sheet.tsx')),
});

const executionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/executions',
  validateSearch: executionsSearchSchema,
  component: lazyRouteComponent(() => import('./pages/executions/executions-page.tsx')),
});

const executionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/executions/$executionId',
  component: lazyRouteComponent(() => import('./pages/executions/execution-page.tsx')),
});

const settingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx')),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  tenantRoute.addChildren([
    tenantIndexRoute,
    toolsRoute,
    newToolRoute,
    editToolRoute,
    toolRoute.addChildren([runToolRoute]),
    executionsRoute,
    executionRoute,
    settingsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
});

declare module '@tanstack/solid-router' {
  interface Register {
    router: typeof router;
  }
}
