import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import { publishPlaybook, startRun, stepWhen } from '../playbook-runs.ts';
import type { Desk, Flow } from './flow.ts';

/** Until REST says so. */
const told = (check: () => Promise<boolean>) => eventually(check, { timeoutMs: 30_000 });
// biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
type Row = any;
const items = async ({ rest }: Desk, path: string): Promise<Row[]> => (await rest('GET', path)).body.items;
const one = async ({ rest }: Desk, path: string): Promise<Row> => (await rest('GET', path)).body;
const tool = async (desk: Desk, name: string): Promise<Row> =>
  (await items(desk, `/api/tools?q=${name}`)).find((each) => each.name === name);
const made = async ({ rest }: Desk, path: string, body: object): Promise<Row> => {
  const response = await rest('POST', path, body);
  expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
  return response.body;
};
const closed = ({ page }: Desk) => page.getByRole('dialog').waitFor({ state: 'detached' });

const cases: readonly Flow[] = [
  {
    title: 'Open an exception, edit it, comment on it, take it and resolve it',
    on: ['/exceptions', '/exceptions/$exceptionId'],
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      await open('exceptions');
      await hands.press(button('New exception').first());
      await hands.fill(page.getByRole('dialog').getByLabel(/^Title/), 'Payout to a closed account');
      await hands.choose(page.getByRole('dialog').getByLabel('Severity'), 'high');
      await hands.press(inDialog('Create exception'));
      await page.waitForURL(/exceptions\/[0-9a-f-]{36}/);
      const id = page.url().match(/exceptions\/([0-9a-f-]{36})/)![1]!;
      await hands.press(button('Edit'));
      await hands.fill(page.getByRole('dialog').getByLabel(/^Title/), 'Payout went astray');
      await hands.press(inDialog('Save'));
      await told(async () => (await one(desk, `/api/exceptions/${id}`)).title === 'Payout went astray');
      await closed(desk);
      await hands.fill(page.getByLabel(/comment/i).first(), 'The bank was told.');
      await hands.press(button(/^Comment/));
      await page.getByRole('list').getByText('The bank was told.').waitFor();
      await hands.press(button('Assign to me'));
      await told(async () => (await one(desk, `/api/exceptions/${id}`)).assignee !== null);
      await hands.press(button(/^Resolve/).first());
      await hands.fill(page.getByRole('dialog').getByLabel('Note'), 'Paid again.');
      await hands.press(inDialog(/^Resolve/));
      await told(async () => (await one(desk, `/api/exceptions/${id}`)).status === 'resolved');
    },
  },
  {
    title: 'Claim and complete a step of the inbox, approve one and reject another',
    on: ['/inbox', '/playbook-runs/$runId'],
    async run(desk) {
      const { hands, open, button, label, page, acme, rest } = desk;
      const assignee = { role: 'approver' };
      const playbook = await publishPlaybook(rest, {
        name: 'write_off',
        title: 'Write off',
        steps: [
          {
            id: 'look',
            type: 'manual',
            title: 'Look at the payment',
            form: { type: 'object', properties: { found: { type: 'string', title: 'What was found' } } },
          },
        ],
      });
      const signing = await publishPlaybook(rest, {
        name: 'sign_off',
        title: 'Sign off',
        steps: [{ id: 'sign', type: 'approval', title: 'Sign it off', assignee }],
      });
      const run = await startRun(acme.as.operator, playbook);
      // Who took part in a run does not approve in it, so each is one of its own.
      const approved = await startRun(acme.as.operator, signing);
      const list = page.getByRole('list', { name: 'Waiting steps' });
      /** What is on the pane now, by its row. */
      const pick = async (title: string) => {
        await open('inbox?scope=all');
        await hands.press(list.getByRole('button', { name: new RegExp(title) }));
        await page.getByRole('region', { name: title }).waitFor();
      };
      await stepWhen(rest, run, 'look', 'waiting');
      await pick('Look at the payment');
      await hands.press(button(/^Claim/));
      await page
        .getByText(/Claimed by/)
        .first()
        .waitFor();
      await hands.fill(label('What was found').first(), 'A second charge');
      await hands.press(button(/^Complete step/));
      // It can be undone for some seconds first.
      await stepWhen(rest, run, 'look', 'completed');
      await stepWhen(rest, approved, 'sign', 'waiting');
      await pick('Sign it off');
      await hands.press(button(/^Approve/).first());
      await stepWhen(rest, approved, 'sign', 'completed');
      const rejected = await startRun(acme.as.operator, signing);
      await stepWhen(rest, rejected, 'sign', 'waiting');
      await open(`playbook-runs/${rejected}?step=sign`);
      await hands.press(button(/^Reject/).first());
      await hands.fill(label('Reason'), 'Paid already');
      await hands.press(button(/^Reject/).first());
      expect(await stepWhen(rest, rejected, 'sign', 'completed', 'failed')).toMatchObject({
        outcome: 'rejected',
      });
    },
  },
  {
    title: 'Start a run of a playbook and cancel it',
    on: ['/playbooks', '/playbooks/$playbookId', '/playbook-runs'],
    async run(desk) {
      const { hands, open, button, inDialog, page, rest } = desk;
      await publishPlaybook(rest, {
        name: 'wait_for_it',
        title: 'Wait for it',
        steps: [{ id: 'wait', type: 'manual', title: 'Wait' }],
      });
      await open('playbooks');
      await hands.press(page.getByRole('link', { name: /Wait for it|wait_for_it/ }).first());
      await hands.press(button(/^Start run/));
      await hands.press(inDialog(/^Start/));
      await page.waitForURL(/\/playbook-runs\//);
      const id = page.url().match(/playbook-runs\/([^/?]+)/)![1]!;
      await hands.press(button('Cancel'));
      await hands.fill(page.getByRole('dialog').getByLabel('Reason'), 'Not needed.');
      await hands.press(inDialog('Cancel run'));
      await told(async () => (await one(desk, `/api/playbook-runs/${id}`)).status === 'cancelled');
      await open('playbook-runs');
      await page.getByRole('row', { name: /Wait for it/ }).waitFor();
    },
  },
  {
    title: 'Find something by its name and go there',
    on: ['/home', '/docs'],
    async run({ hands, open, button, page }) {
      await open('home');
      await hands.press(button(/^Search/));
      await hands.fill(page.getByRole('combobox'), 'Payment');
      await page
        .getByRole('option')
        .filter({ hasText: /Refund a payment|refund_payment/ })
        .first()
        .waitFor();
      await hands.pick(
        page
          .getByRole('option')
          .filter({ hasText: /Refund a payment|refund_payment/ })
          .first(),
      );
      await page.waitForURL(/\/tools\//);
    },
  },
  {
    title: 'Read what came, and mark it',
    on: ['/notifications'],
    async run(desk) {
      const { hands, open, button, page, acme } = desk;
      const opened = await made({ ...desk, rest: acme.as.operator }, '/api/exceptions', { title: 'Stuck' });
      const assignee = acme.email;
      await made({ ...desk, rest: acme.as.operator }, `/api/exceptions/${opened.id}/assign`, { assignee });
      await open('notifications');
      const item = page.getByRole('link', { name: new RegExp(`assigned EX-${opened.number} to you`) });
      await item.waitFor();
      await hands.press(button('Mark all as read'));
      await page
        .getByRole('button', { name: /^Mark as unread/ })
        .first()
        .waitFor();
      await hands.press(item);
      await page.waitForURL(/\/exceptions\//);
    },
  },
];

const toolsOfEachKind: readonly [type: string, fields: readonly [RegExp, string][]][] = [
  ['http', [[/^URL/, 'https://pay.example/v1']]],
  ['webhook', [[/^URL/, 'https://hooks.example/in']]],
  ['graphql', [[/^URL/, 'https://shop.example/graphql']]],
  [
    'mcp',
    [
      [/^URL/, 'https://mcp.example/mcp'],
      [/^Tool/, 'search_orders'],
    ],
  ],
  ['dummy', []],
];

const tools: readonly Flow[] = [
  ...toolsOfEachKind.map(
    ([type, fields]): Flow => ({
      title: `Define a tool of the kind ${type}`,
      on: ['/tools/new'],
      async run(desk) {
        const { hands, open, button, page } = desk;
        await open('tools/new');
        await hands.choose(page.getByLabel('Type', { exact: true }), type);
        await hands.fill(page.getByLabel(/^Title/).first(), `Of kind ${type}`);
        for (const [name, text] of fields)
          await hands.fill(page.getByRole('textbox', { name }).first(), text);
        if (type === 'graphql')
          await hands.fill(page.getByRole('textbox', { name: /^Document/ }), '{ orders { id } }');
        if (type === 'webhook')
          await hands.fill(page.getByLabel(/^Secret/).last(), `whsec_${'YWJj'.repeat(8)}`);
        await hands.press(button('Save'));
        await page.waitForURL(/\/tools\/[0-9a-f-]{36}/);
        await told(async () => (await tool(desk, `of_kind_${type}`))?.type === type);
      },
    }),
  ),
  {
    title: 'Run a tool as previewed, and look at its execution',
    on: ['/tools', '/tools/$toolId', '/tools/$toolId/run', '/executions', '/executions/$executionId'],
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      const { id } = await tool(desk, 'refund_payment');
      const done = () => items(desk, `/api/tools/executions?toolId=${id}`);
      const before = (await done()).length;
      await open(`tools/${id}`);
      await hands.press(page.getByRole('link', { name: /^Run/ }).or(button(/^Run/)).first());
      await hands.fill(
        page
          .getByRole('dialog')
          .getByRole('textbox', { name: /paymentId/i })
          .first(),
        'pay_1',
      );
      await hands.press(inDialog(/^Preview/));
      await page.getByRole('dialog').getByText('Sends exactly the previewed request').waitFor();
      await hands.press(inDialog(/^Execute/));
      await told(async () => (await done()).length === before + 1);
      await page.getByRole('dialog').getByText('Succeeded').first().waitFor();
      await hands.press(inDialog('Close'));
      await open('executions');
      await hands.press(page.getByRole('row').nth(1).getByRole('link').first());
      await page.waitForURL(/\/executions\/[0-9a-f-]{36}/);
      await page.getByText('pay_1').first().waitFor();
    },
  },
  {
    title: 'Change a tool, disable it, archive and restore it',
    on: ['/tools/$toolId/edit', '/archived', '/archived/$type/$id'],
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      const { id } = await made(desk, '/api/tools', { name: 'old_one', title: 'Old one', type: 'dummy' });
      await open(`tools/${id}/edit`);
      await hands.fill(page.getByLabel(/^Title/).first(), 'Older one');
      await hands.press(button('Save'));
      await hands.press(inDialog(/^Save/));
      await told(async () => (await one(desk, `/api/tools/${id}`)).title === 'Older one');
      await open('tools');
      await hands.press(page.getByRole('row', { name: /old_one/ }).getByRole('switch'));
      await told(async () => !(await one(desk, `/api/tools/${id}`)).enabled);
      await open(`tools/${id}`);
      await hands.menu(button('More actions'), 'Archive');
      await hands.press(inDialog('Archive'));
      await told(async () => (await items(desk, '/api/archived?type=tool')).length > 0);
      await closed(desk);
      await hands.press(page.getByRole('link', { name: 'Archived' }));
      await hands.press(
        page
          .getByRole('row', { name: /Older one/ })
          .getByRole('link')
          .first(),
      );
      await hands.press(button(/^Restore/).first());
      await hands.press(inDialog('Restore'));
      await told(async () => (await desk.rest('GET', `/api/tools/${id}`)).status === 200);
    },
  },
  {
    title: 'Try a version with a part of the calls, and stop the trial',
    on: ['/tools/$toolId'],
    async run(desk) {
      const { hands, open, button, inDialog, page, rest } = desk;
      const { id } = await made(desk, '/api/tools', { name: 'tried', title: 'Tried', type: 'dummy' });
      const changed = await rest('PUT', `/api/tools/${id}`, {
        name: 'tried',
        title: 'Tried again',
        type: 'dummy',
      });
      expect(changed.status, JSON.stringify(changed.body)).toBe(200);
      await open(`tools/${id}?tab=trial`);
      await hands.press(button('Try a version'));
      await hands.fill(page.getByRole('dialog').getByLabel('Percent of the calls'), '25');
      await hands.press(inDialog('Start trial'));
      await page.getByRole('heading', { name: 'v1 beside v2' }).waitFor();
      await hands.press(button('Stop'));
      await hands.press(inDialog('Stop trial'));
      await told(async () => (await items(desk, `/api/tools/${id}/trials`))[0]?.status === 'stopped');
    },
  },
  {
    title: 'Undo an execution',
    on: ['/executions/$executionId'],
    async run(desk) {
      const { hands, open, button, inDialog, page, provider } = desk;
      const { id } = await made(desk, '/api/tools', {
        name: 'hold',
        title: 'Hold a payment',
        type: 'http',
        inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
        config: { method: 'POST', url: `${provider.url}/hold` },
        undo: { tool: 'post_message', input: { text: '${{ output.id }}' } },
      });
      const execution = await made(desk, `/api/tools/${id}/execute`, { payload: { text: 'A1' } });
      await open(`executions/${execution.id}`);
      await hands.press(button('Undo…'));
      await hands.fill(page.getByRole('dialog').getByLabel('Reason'), 'The wrong payment.');
      await hands.press(inDialog('Undo'));
      await told(async () =>
        provider.requests.some(({ url, body }) => url === '/post_message' && body.includes('one_1')),
      );
    },
  },
  {
    title: 'Import an operation of a document',
    on: ['/tools/import'],
    async run(desk) {
      const { hands, open, button, label, page, provider } = desk;
      const document = {
        openapi: '3.1.0',
        info: { title: 'Shop', version: '1' },
        servers: [{ url: provider.url }],
        paths: {
          '/orders': {
            get: {
              operationId: 'listOrders',
              summary: 'List orders',
              responses: { 200: { description: 'OK' } },
            },
          },
        },
      };
      await open('tools/import');
      await hands.fill(label('or its text'), JSON.stringify(document));
      await hands.press(button('Read the document'));
      await hands.check(page.getByRole('checkbox', { name: /List orders/ }));
      await hands.press(button('Import 1 tool'));
      await told(async () => (await items(desk, '/api/tools?q=list')).length > 0);
    },
  },
  {
    title: 'Install a template',
    on: ['/tools/templates', '/tools/templates/$templateId'],
    async run(desk) {
      const { hands, open, button, label, page } = desk;
      await open('tools/templates');
      await hands.fill(label('Search templates'), 'slack reply');
      const row = page.getByRole('row').filter({ hasText: 'Slack' });
      await hands.press(row.getByRole('link', { name: /Post a message/ }));
      await hands.fill(label('Token'), 'xoxb-1234567890-abcdefghij');
      await hands.press(button('Install'));
      await page.getByText('is installed.').waitFor();
      await told(async () => (await items(desk, '/api/tools?q=slack')).length > 0);
    },
  },
  {
    title: 'Download definitions as files',
    on: ['/tools/export', '/tools/apply'],
    async run({ hands, open, button, page }) {
      await open('tools/export');
      const file = page.waitForEvent('download');
      await hands.press(button(/^Download/).first());
      expect((await file).suggestedFilename()).toMatch(/\.zip$/);
      await hands.press(page.getByRole('link', { name: 'Apply files' }));
      await page.getByLabel('File', { exact: true }).waitFor();
    },
  },
  {
    title: 'Make a connector and change it',
    on: ['/connectors', '/connectors/new', '/connectors/$connectorId', '/connectors/$connectorId/edit'],
    async run(desk) {
      const { hands, open, button, inDialog, label, page } = desk;
      await open('connectors');
      await hands.press(page.getByRole('link', { name: 'New connector' }).first());
      await hands.fill(label(/^Title/).first(), 'Payments');
      await hands.fill(label('Base URL'), 'https://pay.example/v1');
      await hands.press(button(/^(Save|Create)/).first());
      await page.waitForURL(/connectors\/[0-9a-f-]{36}/);
      const id = page.url().match(/connectors\/([0-9a-f-]{36})/)![1]!;
      await hands.press(page.getByRole('link', { name: /^Edit/ }));
      await hands.fill(label('Base URL'), 'https://pay.example/v2');
      await hands.press(button('Save'));
      await hands.press(inDialog('Save'));
      await told(async () => (await one(desk, `/api/connectors/${id}`)).baseUrl === 'https://pay.example/v2');
    },
  },
];

const plans: readonly Flow[] = [
  {
    title: 'Write a playbook from a template, change its steps, publish it',
    on: ['/playbooks/templates', '/playbooks/new', '/playbooks/$playbookId/edit'],
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      await open('playbooks/templates');
      await hands.press(page.getByRole('link', { name: 'Use Access request' }));
      // On a phone, what can be done with a step is below it once it is open.
      const act = async (name: RegExp) => {
        const step = page.locator('[data-step="/steps/0"]');
        if ((await step.getAttribute('aria-expanded')) !== 'true') await hands.press(step);
        await hands.press(page.getByRole('button', { name }).first());
      };
      await act(/^Move .* down$/);
      await act(/^Duplicate /);
      await hands.press(button(/^Publish/));
      await hands.press(inDialog(/^Publish/));
      await page.waitForURL(/\/playbooks\/[0-9a-f-]{36}/);
      await told(async () =>
        (await items(desk, '/api/playbooks?q=access')).some((each) => each.version === 1),
      );
      await hands.press(
        button('Edit')
          .or(page.getByRole('link', { name: 'Edit' }))
          .first(),
      );
      await page.waitForURL(/\/edit/);
      await act(/^Remove /);
      await hands.press(button('Save draft'));
      const [{ id }] = await items(desk, '/api/playbooks?q=access');
      await told(async () => (await one(desk, `/api/playbooks/${id}`)).draft !== null);
    },
  },
  {
    title: 'Start a batch of rows',
    on: ['/batches', '/batches/new', '/batches/$batchId'],
    async run(desk) {
      const { hands, open, button, label, page } = desk;
      await open('batches');
      await hands.press(page.getByRole('link', { name: 'New batch' }).first());
      await hands.choose(label('Tool'), 'Post a message');
      await hands.fill(label('or its text'), 'text\none\ntwo\n');
      await hands.press(button('Preview'));
      await page.getByText('Nothing was sent yet.').waitFor();
      await hands.press(button('Start 2 calls'));
      await page.waitForURL(/batches\/[0-9a-f-]{36}/);
      const id = page.url().match(/batches\/([0-9a-f-]{36})/)![1]!;
      await told(async () => (await one(desk, `/api/batches/${id}`)).status === 'succeeded');
    },
  },
  {
    title: 'Plan a schedule, run it now, pause, change and archive it',
    on: ['/schedules', '/schedules/new', '/schedules/$scheduleId', '/schedules/$scheduleId/edit'],
    async run(desk) {
      const { hands, open, button, inDialog, label, page } = desk;
      await open('schedules');
      await hands.press(page.getByRole('link', { name: 'New schedule' }).first());
      await hands.choose(label('Tool'), 'Post a message');
      await hands.fill(label('Cron expression'), '30 2 1 1 *');
      await hands.fill(page.getByRole('textbox', { name: 'text' }), 'ana');
      await hands.press(button('Create schedule'));
      await page.waitForURL(/schedules\/[0-9a-f-]{36}/);
      const id = page.url().match(/schedules\/([0-9a-f-]{36})/)![1]!;
      await hands.press(button('Run now'));
      await hands.press(inDialog('Run now'));
      await page.getByRole('table', { name: 'Runs' }).getByText('Succeeded').waitFor();
      await hands.press(button('Pause'));
      await told(async () => (await one(desk, `/api/schedules/${id}`)).status === 'paused');
      await hands.press(button('Edit').or(page.getByRole('link', { name: 'Edit' })));
      await hands.fill(label(/^Title/), 'Once a year');
      await hands.press(button('Save'));
      await page.getByRole('heading', { name: 'Once a year' }).waitFor();
      await hands.press(button('Archive'));
      await hands.press(inDialog('Archive'));
      await told(async () => (await items(desk, '/api/schedules')).every((each) => each.id !== id));
    },
  },
  {
    title: 'Filter a list and save it as a view',
    on: ['/tools'],
    async run(desk) {
      const { hands, open, button, inDialog, page } = desk;
      await open('tools');
      await hands.menu(button(/Filter by Status/), 'Enabled');
      await page.waitForURL(/status=enabled/);
      await hands.menu(button('View'), 'Save as a view');
      await hands.fill(page.getByRole('dialog').getByLabel('Name'), 'Enabled ones');
      await hands.check(page.getByLabel('Share it with the organization'));
      await hands.press(inDialog('Save view'));
      await told(async () => (await items(desk, '/api/saved-views?list=tools')).some((each) => each.shared));
    },
  },
  {
    title: 'Filter the audit trail and read an event of it',
    on: ['/audit'],
    async run({ hands, open, button, inDialog, page }) {
      await open('audit');
      await hands.menu(button('Filter by What'), 'Tool created');
      await page.waitForURL(/type=ToolCreated/);
      await hands.press(page.getByRole('link', { name: 'Tool created' }).first());
      await page.getByRole('dialog', { name: 'Tool created' }).waitFor();
      await hands.press(inDialog('Close'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
];

export const workFlows: readonly Flow[] = [...cases, ...tools, ...plans];
