import type { LinkProps } from '@tanstack/solid-router';
import type { CallDoorFilter } from '../../../../shared/executions/call-doors.ts';
import { tenantSlug } from '../../../api/tenant.ts';

/** Those executions that a number counts. */
export interface CountedExecutions {
  toolId?: string | undefined;
  connectorId?: string | undefined;
  toolVersion?: string | undefined;
  caller?: 'people' | 'api_key' | 'playbook' | 'system' | undefined;
  door?: CallDoorFilter | undefined;
  playbookId?: string | undefined;
  actor?: string | undefined;
  status?: 'succeeded' | 'failed' | undefined;
  failureCode?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const executionsLink = (search: CountedExecutions) =>
  ({ to: '/t/$tenant/executions', params: { tenant: tenantSlug() }, search }) as LinkProps;
