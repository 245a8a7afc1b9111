import type { Page } from 'playwright-core';
import { archivedTypes } from '../../shared/archived/archived-types.ts';
import { settingsSections } from './settings-sections.ts';

export interface Screen {
  /** Of the picture. */
  name: string;
  /** Behind /t/<tenant>. */
  path: string;
  /** `path` is the whole one. */
  at?: 'root';
  /** Demo person; the administrator of the demo's first organization if it is not said. `other`: of the second. */
  as?: 'no one' | 'platform' | 'other';
  /** What is pressed before the picture. */
  act?: (page: Page) => Promise<void>;
}

/** Reads the demo's REST API. */
export type Read = (path: string, as?: 'other') => Promise<{ items: Item[] }>;
interface Item {
  id: string;
  status?: string;
  type?: string;
}

const tabs = (name: string, path: string, ids: readonly string[]): Screen[] =>
  ids.map((id) => ({ name: `${name}-${id}`, path: `${path}?tab=${id}` }));

/** Sections that only the operators of the deployment see. */
const ofPlatform = ['organizations', 'encryption-keys'];

/** Every page of web/routes.tsx, with what the demo data shows on it. */
export async function screensOf(read: Read): Promise<Screen[]> {
  const items = async (path: string) => (await read(path)).items;
  const first = async (path: string, as?: 'other') => {
    const item = (await read(path, as)).items[0];
    if (!item) throw new Error(`The demo data has nothing at ${path}.`);
    return item.id;
  };
  const [refund, code, mail] = await Promise.all([
    first('/api/tools?q=refund_payment'),
    first('/api/tools?type=code&limit=50'),
    first('/api/tools?type=email&limit=50'),
  ]);
  const [succeeded, failed, unknown, toApprove, undone] = await Promise.all([
    first(`/api/tools/executions?status=succeeded&toolId=${refund}`),
    first('/api/tools/executions?status=failed'),
    first('/api/tools/executions?failureCode=outcome_unknown'),
    first('/api/tools/executions?approval=waiting'),
    first('/api/tools/executions?q=create_label', 'other'),
  ]);
  const runs = await items('/api/playbook-runs?limit=100');
  const waiting = runs.find(({ status }) => status === 'waiting')?.id ?? runs[0]!.id;
  const completed = runs.find(({ status }) => status === 'completed')?.id ?? runs[0]!.id;
  const [open, resolved] = await Promise.all([
    first('/api/exceptions?status=in_progress&limit=100'),
    first('/api/exceptions?status=resolved&limit=100'),
  ]);
  const [connector, playbook, credential, inbound, template, batch, schedule] = await Promise.all([
    first('/api/connectors?q=payment_provider'),
    first('/api/playbooks?q=failed_payment'),
    first('/api/credentials'),
    first('/api/inbound-webhooks'),
    first('/api/templates'),
    first('/api/batches'),
    first('/api/schedules'),
  ]);
  const archived = (
    await Promise.all(archivedTypes.map((type) => items(`/api/archived?type=${type}`)))
  ).flat();
  const old = archived[0];

  return [
    { name: 'sign-in', path: '/sign-in', as: 'no one', at: 'root' },
    { name: 'sign-in-ended', path: '/sign-in?ended=yes', as: 'no one', at: 'root' },
    { name: 'join-not-valid', path: '/join#not-a-token', as: 'no one', at: 'root' },
    {
      name: 'connect-app-refused',
      path: '/connect-app/refused?error=access_denied',
      as: 'no one',
      at: 'root',
    },
    { name: 'home', path: '/home' },
    { name: 'inbox', path: '/inbox' },
    { name: 'inbox-all', path: '/inbox?scope=all&group=playbook' },
    { name: 'inbox-mine', path: '/inbox?scope=mine' },
    { name: 'notifications', path: '/notifications' },
    { name: 'exceptions', path: '/exceptions' },
    { name: 'exceptions-all', path: '/exceptions?status=all&sort=due' },
    { name: 'exceptions-none', path: '/exceptions?q=nothing-is-called-this' },
    { name: 'exception', path: `/exceptions/${open}` },
    { name: 'exception-graph', path: `/exceptions/${open}?view=graph` },
    { name: 'exception-resolved', path: `/exceptions/${resolved}` },
    { name: 'runs', path: '/playbook-runs' },
    { name: 'run', path: `/playbook-runs/${waiting}` },
    { name: 'run-graph', path: `/playbook-runs/${waiting}?view=graph` },
    { name: 'run-completed', path: `/playbook-runs/${completed}` },
    { name: 'batches', path: '/batches' },
    { name: 'batch', path: `/batches/${batch}` },
    { name: 'new-batch', path: '/batches/new' },
    { name: 'schedules', path: '/schedules' },
    { name: 'schedule', path: `/schedules/${schedule}` },
    { name: 'new-schedule', path: '/schedules/new' },
    { name: 'edit-schedule', path: `/schedules/${schedule}/edit` },
    { name: 'executions', path: '/executions' },
    { name: 'execution', path: `/executions/${succeeded}` },
    { name: 'execution-failed', path: `/executions/${failed}` },
    { name: 'execution-unknown', path: `/executions/${unknown}` },
    { name: 'execution-to-approve', path: `/executions/${toApprove}` },
    { name: 'execution-with-undo', path: `/executions/${undone}`, as: 'other' },
    { name: 'tools', path: '/tools' },
    { name: 'tool', path: `/tools/${refund}` },
    ...tabs('tool', `/tools/${refund}`, ['schemas', 'versions', 'trial', 'policy', 'executions', 'usage']),
    { name: 'tool-code', path: `/tools/${code}` },
    { name: 'run-tool', path: `/tools/${refund}/run` },
    { name: 'run-tool-mail', path: `/tools/${mail}/run` },
    { name: 'new-tool', path: '/tools/new' },
    { name: 'edit-tool', path: `/tools/${refund}/edit` },
    { name: 'edit-tool-code', path: `/tools/${code}/edit` },
    { name: 'import', path: '/tools/import' },
    { name: 'export', path: '/tools/export' },
    { name: 'apply-files', path: '/tools/apply' },
    { name: 'templates', path: '/tools/templates' },
    { name: 'template', path: `/tools/templates/${template}` },
    { name: 'connectors', path: '/connectors' },
    { name: 'connector', path: `/connectors/${connector}` },
    ...tabs('connector', `/connectors/${connector}`, ['versions', 'usage']),
    { name: 'new-connector', path: '/connectors/new' },
    { name: 'edit-connector', path: `/connectors/${connector}/edit` },
    { name: 'playbooks', path: '/playbooks' },
    { name: 'playbook', path: `/playbooks/${playbook}` },
    ...tabs('playbook', `/playbooks/${playbook}`, ['versions', 'runs', 'usage']),
    { name: 'new-playbook', path: '/playbooks/new' },
    { name: 'edit-playbook', path: `/playbooks/${playbook}/edit` },
    { name: 'playbook-templates', path: '/playbooks/templates' },
    { name: 'archived', path: '/archived' },
    ...(old ? [{ name: 'archived-one', path: `/archived/${old.type}/${old.id}` }] : []),
    { name: 'audit', path: '/audit' },
    ...settingsSections().map(
      (section): Screen => ({
        name: `settings-${section}`,
        path: `/settings/${section}`,
        ...(ofPlatform.includes(section) && { as: 'platform' }),
      }),
    ),
    { name: 'credential', path: `/settings/credentials/${credential}` },
    { name: 'new-credential', path: '/settings/credentials/new' },
    { name: 'inbound-webhook', path: `/settings/inbound-webhooks/${inbound}` },
    { name: 'profile', path: '/profile' },
    { name: 'profile-notifications', path: '/profile/notifications' },
    { name: 'docs', path: '/docs' },
    { name: 'docs-found', path: '/docs?q=schedule' },
    { name: 'doc', path: '/docs/playbooks' },
    { name: 'palette', path: '/exceptions', act: (page) => page.keyboard.press('ControlOrMeta+k') },
    { name: 'keys', path: '/exceptions', act: (page) => page.keyboard.press('?') },
    { name: 'not-found', path: '/exceptions/0192f0c1-7a00-7000-8000-000000000001' },
    { name: 'no-such-page', path: '/no-such-page' },
  ];
}
