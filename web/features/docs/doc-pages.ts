import { t } from '../../words/words.ts';

/** The pages of `docs/` that a person reads in the product, in the order of the contents. */
export interface DocPage {
  id: string;
  title: string;
  /** Its path below `docs/`, without `.md`. */
  file: string;
}

const page = (file: string, title: string): DocPage => ({ id: file.replace('/', '-'), title, file });

export const docGroups: readonly { title: string; pages: readonly DocPage[] }[] = [
  {
    title: t('Work on cases'),
    pages: [
      page('completing-steps', t('Completing steps')),
      page('cases', t('Cases')),
      page('attachments', t('Files on a case')),
      page('undo', t('Undo')),
      page('usage', t('Usage and Home')),
      page('notifications', t('Notifications')),
      page('finding', t('Finding things')),
    ],
  },
  {
    title: t('Playbooks'),
    pages: [
      page('playbooks', t('Playbook reference')),
      page('schedules', t('Schedules')),
      page('batches', t('Batches')),
      page('past', t('Trying on the past')),
      page('inbound-webhooks', t('What comes in')),
    ],
  },
  {
    title: t('Tools'),
    pages: [
      page('tool-definition', t('Tool definition reference')),
      page('templates', t('Templates')),
      page('imports', t('Importing tools')),
      page('policies', t('Policies')),
      page('trials', t('Trials')),
      page('files', t('Definitions as files')),
    ],
  },
  {
    title: t('Types of tools'),
    pages: [
      page('tools/http-files', t('Files of http tools')),
      page('tools/webhook', t('Webhook')),
      page('tools/email', t('Email')),
      page('tools/graphql', t('GraphQL')),
      page('tools/soap', t('SOAP')),
      page('tools/grpc', t('gRPC')),
      page('tools/database', t('Database')),
      page('tools/code', t('Code')),
      page('tools/mcp', t('MCP')),
    ],
  },
  {
    title: t('From programs'),
    pages: [
      page('engines', t('For playbook engines')),
      page('command-line', t('The command line')),
      page('graphql', t('GraphQL queries')),
      page('live', t('Live events')),
      page('mcp', t('Agents')),
    ],
  },
  {
    title: t('Operations'),
    pages: [
      page('runbook', t('Runbook')),
      page('operations', t('Operations')),
      page('temporal-web', t('Playbooks in Temporal Web')),
      page('reliability', t('Reliability')),
      page('security', t('Security')),
      page('data-map', t('Data map')),
    ],
  },
];

export const docPages: readonly DocPage[] = docGroups.flatMap((group) => group.pages);

export const docPage = (id: string): DocPage | undefined => docPages.find((page) => page.id === id);
