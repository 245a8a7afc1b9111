import type { ArchivedType } from '../../../../shared/archived/archived-types.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';

export type ArchivedRow = Outputs['archived']['list']['items'][number];

interface TypeWords {
  /** Of one, such as "Tool". */
  one: string;
  /** What restoring it does. */
  about: string;
  restore: (id: string) => Promise<unknown>;
  /** The API's router, whose queries are read again. */
  router: string;
}

export const archivedWords: Record<ArchivedType, TypeWords> = {
  tool: {
    one: t('Tool'),
    about: t('The tool is in its lists again, enabled or disabled as it was.'),
    restore: (id) => api.tools.unarchive.mutate({ id }),
    router: 'tools',
  },
  connector: {
    one: t('Connector'),
    about: t('The connector is in its lists again. An archived credential of it has to be replaced.'),
    restore: (id) => api.connectors.unarchive.mutate({ id }),
    router: 'connectors',
  },
  playbook: {
    one: t('Playbook'),
    about: t('The playbook is in its lists again, with its draft and its published version.'),
    restore: (id) => api.playbooks.unarchive.mutate({ id }),
    router: 'playbooks',
  },
  policy: {
    one: t('Policy'),
    about: t('The policy is in force again, if it was enabled: it counts for the next call.'),
    restore: (id) => api.policies.unarchive.mutate({ id }),
    router: 'policies',
  },
  rule: {
    one: t('Rule'),
    about: t('The rule is asked again, if it was enabled, below the others.'),
    restore: (id) => api.rules.unarchive.mutate({ id }),
    router: 'rules',
  },
  schedule: {
    one: t('Schedule'),
    about: t('The schedule comes back paused. It goes on when its owner resumes it.'),
    restore: (id) => api.schedules.unarchive.mutate({ id }),
    router: 'schedules',
  },
  webhook: {
    one: t('Webhook'),
    about: t('The endpoint comes back disabled.'),
    restore: (id) => api.webhooks.unarchive.mutate({ id }),
    router: 'webhooks',
  },
  inbound_webhook: {
    one: t('Inbound webhook'),
    about: t('The endpoint comes back disabled, at its old URL.'),
    restore: (id) => api.inboundWebhooks.unarchive.mutate({ id }),
    router: 'inboundWebhooks',
  },
};
