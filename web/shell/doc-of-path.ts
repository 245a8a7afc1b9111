/** The longest beginning counts. */
const docs: Readonly<Record<string, string>> = {
  home: 'usage',
  inbox: 'completing-steps',
  exceptions: 'cases',
  playbooks: 'playbooks',
  'playbook-runs': 'completing-steps',
  tools: 'tool-definition',
  'tools/import': 'imports',
  'tools/templates': 'templates',
  'tools/apply': 'files',
  'tools/export': 'files',
  connectors: 'tool-definition',
  executions: 'runbook',
  batches: 'batches',
  schedules: 'schedules',
  audit: 'data-map',
  'settings/policies': 'policies',
  'settings/inbound-webhooks': 'inbound-webhooks',
  'settings/rules': 'inbound-webhooks',
};

/**
 * The page of the documentation about a page of the product.
 * @param path such as `/t/acme/tools/import`
 * @returns such as `imports`; undefined where no page is about it
 */
export function docOfPath(path: string): string | undefined {
  const parts = path.split('/').slice(3);
  return docs[parts.slice(0, 2).join('/')] ?? docs[parts[0] ?? ''];
}
