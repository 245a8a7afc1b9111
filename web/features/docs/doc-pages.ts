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
    title: 'Work on cases',
    pages: [
      page('completing-steps', 'Completing steps'),
      page('attachments', 'Files on a case'),
      page('undo', 'Undo'),
      page('usage', 'Usage and Home'),
    ],
  },
  {
    title: 'Playbooks',
    pages: [
      page('playbooks', 'Playbook reference'),
      page('schedules', 'Schedules'),
      page('batches', 'Batches'),
      page('past', 'Trying on the past'),
      page('inbound-webhooks', 'What comes in'),
    ],
  },
  {
    title: 'Tools',
    pages: [
      page('tool-definition', 'Tool definition reference'),
      page('templates', 'Templates'),
      page('imports', 'Importing tools'),
      page('policies', 'Policies'),
      page('trials', 'Trials'),
      page('files', 'Definitions as files'),
    ],
  },
  {
    title: 'Types of tools',
    pages: [
      page('tools/http-files', 'Files of http tools'),
      page('tools/webhook', 'Webhook'),
      page('tools/email', 'Email'),
      page('tools/graphql', 'GraphQL'),
      page('tools/soap', 'SOAP'),
      page('tools/grpc', 'gRPC'),
      page('tools/database', 'Database'),
      page('tools/code', 'Code'),
      page('tools/mcp', 'MCP'),
    ],
  },
  {
    title: 'From programs',
    pages: [
      page('engines', 'For playbook engines'),
      page('command-line', 'The command line'),
      page('graphql', 'GraphQL queries'),
      page('live', 'Live events'),
      page('mcp', 'Agents'),
    ],
  },
  {
    title: 'Operations',
    pages: [
      page('runbook', 'Runbook'),
      page('operations', 'Operations'),
      page('temporal-web', 'Playbooks in Temporal Web'),
      page('reliability', 'Reliability'),
      page('security', 'Security'),
      page('data-map', 'Data map'),
    ],
  },
];

export const docPages: readonly DocPage[] = docGroups.flatMap((group) => group.pages);

export const docPage = (id: string): DocPage | undefined => docPages.find((page) => page.id === id);
