import type { LinkProps } from '@tanstack/solid-router';
import { tenantSlug } from '../../../api/tenant.ts';

/** Those executions that a number counts. */
export interface CountedExecutions {
  toolId?: string | undefined;
  connectorId?: string | undefined;
  toolVersion?: string | undefined;
  caller?: 'people' | 'api_key' | 'playbook' | 'system' | undefined;
  playbookId?: string | undefined;
  actor?: string | undefined;
  status?: 'succeeded' | 'failed' | undefined;
  failureCode?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const executionsLink = (search: CountedExecutions) =>
  ({ to: '/t/$tenant/executions', params: { tenant: tenantSlug() }, search }) as LinkProps;
