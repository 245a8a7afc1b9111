import { strict as assert } from 'node:assert';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { DevJson } from '../../support/product.ts';
import type { Hands } from './hands.ts';

// biome-ignore lint/suspicious/noExplicitAny: a bench reads responses of many shapes
type Body = any;
export type Rest = (method: string, path: string, body?: unknown) => Promise<Body>;

/** What the product has before any task. */
export interface Desk {
  dev: DevJson;
  acme: Rest;
  globex: Rest;
  /** Ids of playbooks. */
  checking: string;
  approving: string;
}

export interface Task {
  title: string;
  who: string;
  tenant: 'acme' | 'globex';
  /** @returns what the task is about, with the page that it starts on */
  prepare(desk: Desk): Promise<Subject>;
  mouse(hands: Hands, subject: Subject): Promise<void>;
  keyboard(hands: Hands, subject: Subject): Promise<void>;
  /** Fails until the outcome is there. */
  check(desk: Desk, subject: Subject, page: Page): Promise<boolean>;
  /** Takes back what would disturb the next run. */
  clean?(desk: Desk, subject: Subject, page: Page): Promise<unknown>;
}

interface Subject {
  start: string;
  ids: string[];
  title: string;
}

export async function createDesk(dev: DevJson, acme: Rest, globex: Rest): Promise<Desk> {
  const publish = async (name: string, steps: object[]): Promise<string> => {
    const { id } = await acme('POST', '/api/playbooks', { name, title: name.replace('_', ' '), steps });
    await acme('POST', `/api/playbooks/${id}/publish`, {});
    return id;
  };
  const form = {
    type: 'object',
    required: ['found'],
    properties: { found: { type: 'string', title: 'What was found' } },
  };
  const due = 'PT1M';
  const tag = Date.now().toString(36);
  return {
    dev,
    acme,
    globex,
    checking: await publish(`desk_check_${tag}`, [
      { id: 'check', type: 'manual', title: 'Check the transfer', form, due, assignee: { role: 'operator' } },
    ]),
    approving: await publish(`desk_approval_${tag}`, [
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve the write-off',
        due,
        assignee: { role: 'approver' },
      },
    ]),
  };
}

let made = 0;
/** Opens a critical exception and starts a playbook on it. */
async function openCase({ acme }: Desk, playbookId?: string, attributes: object = {}) {
  made += 1;
  const title = `Transfer ${made} is missing`;
  const { id, number } = await acme('POST', '/api/exceptions', {
    title,
    severity: 'critical',
    domain: 'desk',
    attributes,
  });
  if (!playbookId) return { id, number, title, runId: '' };
  const run = await acme('POST', '/api/playbook-runs', { playbookId, exceptionId: id });
  await eventually(async () => {
    const { steps } = await acme('GET', `/api/playbook-runs/${run.id}`);
    return steps[0].status === 'waiting';
  });
  return { id, number, title, runId: run.id as string };
}
const stepOf = async ({ acme }: Desk, runId: string) =>
  (await acme('GET', `/api/playbook-runs/${runId}`)).steps[0];
const cancel = ({ acme }: Desk, runIds: string[]) =>
  Promise.all(
    runIds.map((id) =>
      acme('POST', `/api/playbook-runs/${id}/cancel`, { reason: 'The bench is over.' }).catch(() => null),
    ),
  );

const button = ({ page }: Hands, name: string | RegExp): Locator =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();
const inDialog = ({ page }: Hands, name: string | RegExp): Locator =>
  page
    .getByRole('dialog')
    .last()
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
    .first();
const place = ({ page }: Hands, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).first();
const stepRow = ({ page }: Hands, text: string): Locator =>
  page.getByRole('list', { name: 'Waiting steps' }).getByRole('listitem').filter({ hasText: text });
const pane = ({ page }: Hands, title: string): Locator =>
  page.getByRole('region', { name: title, exact: true });
const firstRow = ({ page }: Hands): Locator => page.locator('tbody').getByRole('row').first();

const find: Task = {
  title: 'Find a case by its number and open it',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    const { id, number, title } = await openCase(desk);
    return { start: 'home', ids: [id, String(number)], title };
  },
  async mouse(hands, { ids, title }) {
    await hands.click(button(hands, /^Search/));
    await hands.type(`#${ids[1]}`);
    await hands.click(hands.page.getByRole('option').filter({ hasText: title }).first());
  },
  async keyboard(hands, { ids, title }) {
    await hands.press('Control+k');
    await hands.type(`#${ids[1]}`);
    await hands.press('Enter', hands.page.getByRole('option').filter({ hasText: title }).first());
  },
  check: async (_desk, { ids }, page) => page.url().includes(`/exceptions/${ids[0]}`),
};

const complete: Task = {
  title: 'Claim the most urgent step and complete it',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    const { runId, title } = await openCase(desk, desk.checking);
    return { start: 'home', ids: [runId], title };
  },
  async mouse(hands, { title }) {
    await hands.click(place(hands, /^Inbox/));
    await hands.see(stepRow(hands, title));
    const step = pane(hands, 'Check the transfer');
    await hands.click(step.getByRole('button', { name: 'Claim', exact: true }));
    await hands.click(step.getByLabel('What was found'));
    await hands.type('It arrived');
    await hands.click(step.getByRole('button', { name: 'Complete step', exact: true }));
  },
  async keyboard(hands, { title }) {
    await hands.press('g i');
    await hands.see(stepRow(hands, title));
    const step = pane(hands, 'Check the transfer');
    await hands.press('c', step.getByRole('button', { name: 'Claim', exact: true }));
    await hands.press('Enter');
    await hands.type('It arrived');
    await hands.press('Control+Enter', step.getByRole('button', { name: 'Complete step', exact: true }));
  },
  check: async (desk, { ids }) => (await stepOf(desk, ids[0]!)).output?.found === 'It arrived',
  clean: (desk, { ids }) => cancel(desk, ids),
};

const decide = (title: string, by: Pick<Task, 'mouse' | 'keyboard' | 'check'>): Task => ({
  title,
  who: 'carla@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    const first = await openCase(desk, desk.approving);
    const second = await openCase(desk, desk.approving);
    return { start: 'home', ids: [first.runId, second.runId], title: second.title };
  },
  ...by,
  clean: (desk, { ids }) => cancel(desk, ids),
});

const approve = decide('Approve the second of two', {
  async mouse(hands, { title }) {
    await hands.click(place(hands, /^Inbox/));
    await hands.click(stepRow(hands, title).getByRole('button'));
    await hands.click(
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Approve', exact: true }),
    );
  },
  async keyboard(hands, { title }) {
    await hands.press('g i');
    await hands.press('j', stepRow(hands, title));
    await hands.press(
      'a',
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Approve', exact: true }),
    );
  },
  check: async (desk, { ids }) =>
    (await stepOf(desk, ids[1]!)).status === 'completed' &&
    (await stepOf(desk, ids[0]!)).status === 'waiting',
});

const reject = decide('Reject it, with a reason', {
  async mouse(hands, { title }) {
    await hands.click(place(hands, /^Inbox/));
    await hands.click(stepRow(hands, title).getByRole('button'));
    await hands.click(
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Reject', exact: true }),
    );
    await hands.type('No invoice');
    await hands.click(
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Reject', exact: true }),
    );
  },
  async keyboard(hands, { title }) {
    await hands.press('g i');
    await hands.press('j', stepRow(hands, title));
    await hands.press(
      'r',
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Reject', exact: true }),
    );
    await hands.type('No invoice');
    await hands.press(
      'Control+Enter',
      pane(hands, 'Approve the write-off').getByRole('button', { name: 'Reject', exact: true }),
    );
  },
  check: async (desk, { ids }) => {
    const step = await stepOf(desk, ids[1]!);
    return step.status !== 'waiting' && JSON.stringify(step).includes('No invoice');
  },
});

const twelve: Task = {
  title: 'Complete twelve alike steps',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    const all = [];
    for (let at = 0; at < 12; at += 1) all.push(await openCase(desk, desk.checking));
    return { start: 'home', ids: all.map(({ runId }) => runId), title: all[0]!.title };
  },
  async mouse(hands, { title }) {
    await hands.click(place(hands, /^Inbox/));
    await hands.click(stepRow(hands, title).getByRole('checkbox'));
    await hands.click(button(hands, 'Alike (12)'));
    await hands.click(
      hands.page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Complete' }),
    );
    await hands.type('It arrived');
    await hands.click(inDialog(hands, /\(12\)/));
  },
  async keyboard(hands, { title }) {
    await hands.press('g i');
    await hands.press('Shift+X', stepRow(hands, title));
    await hands.press('Shift+E');
    await hands.see(inDialog(hands, /\(12\)/));
    await hands.type('It arrived');
    await hands.press('Control+Enter', inDialog(hands, /\(12\)/));
  },
  check: async (desk, { ids }) => {
    const steps = await Promise.all(ids.map((id) => stepOf(desk, id)));
    return steps.every(({ status }) => status === 'completed');
  },
  clean: (desk, { ids }) => cancel(desk, ids),
};

const toolOf = async (rest: Rest, name: string): Promise<string> =>
  (await rest('GET', `/api/tools?q=${name}&limit=10`)).items.find((each: Body) => each.name === name).id;

const runTool: Task = {
  title: 'Run a tool from a case, with its inputs filled',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    const list = await desk.acme('POST', `/api/tools/${await toolOf(desk.acme, 'list_payments')}/execute`, {
      payload: { status: 'succeeded' },
    });
    const { id, title } = await openCase(desk, undefined, { paymentId: list.output.items[0].id });
    return { start: `exceptions/${id}`, ids: [id], title };
  },
  async mouse(hands) {
    await hands.click(button(hands, /^Run tool/));
    await hands.type('get_payment');
    await hands.click(hands.page.getByRole('option', { name: /Look up a payment/ }));
    await hands.see(hands.page.getByText('1 field was filled from the exception.'));
    await hands.click(inDialog(hands, /^Execute/));
    await hands.see(hands.page.getByRole('dialog').getByText('Succeeded').first());
  },
  async keyboard(hands) {
    await hands.press('t', button(hands, /^Run tool/));
    await hands.type('get_payment');
    await hands.press('Enter', hands.page.getByRole('option', { name: /Look up a payment/ }));
    await hands.see(hands.page.getByText('1 field was filled from the exception.'));
    await hands.press('Control+Enter', inDialog(hands, /^Execute/));
    await hands.see(hands.page.getByRole('dialog').getByText('Succeeded').first());
  },
  check: async (desk, { ids }) => {
    const { items } = await desk.acme('GET', `/api/tools/executions?exceptionId=${ids[0]}`);
    return items.length === 1 && items[0].status === 'succeeded';
  },
};

const rerun: Task = {
  title: 'Find why an execution failed, and run it again',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async (desk) => {
    made += 1;
    const toolId = await toolOf(desk.acme, 'get_payment');
    const paymentId = `pay_${String(made).padStart(4, '0')}none`;
    const { id, status } = await desk.acme('POST', `/api/tools/${toolId}/execute`, {
      payload: { paymentId },
    });
    assert.equal(status, 'failed');
    return { start: 'home', ids: [id, toolId], title: paymentId };
  },
  async mouse(hands, { title }) {
    await hands.click(place(hands, 'Executions'));
    await hands.click(firstRow(hands).filter({ hasText: title }).getByRole('link').first());
    await hands.see(hands.page.getByRole('main').getByText(title).first());
    await hands.click(button(hands, 'Run again'));
    await hands.click(inDialog(hands, /^Execute/));
  },
  async keyboard(hands, { title }) {
    await hands.press('g e');
    await hands.press('j', firstRow(hands).filter({ hasText: title }));
    await hands.press('Enter');
    await hands.see(hands.page.getByRole('main').getByText(title).first());
    await hands.press('r', button(hands, 'Run again'));
    await hands.press('Control+Enter', inDialog(hands, /^Execute/));
  },
  check: async (desk, { ids }) => {
    const { items } = await desk.acme('GET', `/api/tools/executions?toolId=${ids[1]}&limit=2`);
    return items[0].id !== ids[0] && items[1].id === ids[0] && items[0].status === 'failed';
  },
};

const undo: Task = {
  title: 'Undo a batch',
  who: 'grace@globex.test',
  tenant: 'globex',
  prepare: async ({ globex }) => {
    const { output } = await globex('POST', `/api/tools/${await toolOf(globex, 'list_shipments')}/execute`, {
      payload: { status: 'in_transit' },
    });
    const calls = output.shipments.slice(0, 3).map(({ id }: Body, at: number) => ({
      id: `hold_${at}`,
      tool: 'hold_shipment',
      payload: { shipmentId: id, reason: 'Address is checked' },
    }));
    const batch = await globex('POST', '/api/batches', { title: 'Holds of the morning', calls });
    await eventually(async () => (await globex('GET', `/api/batches/${batch.id}`)).status === 'succeeded');
    return { start: 'home', ids: [batch.id], title: 'Holds of the morning' };
  },
  async mouse(hands, { title }) {
    await hands.click(place(hands, 'Batches'));
    await hands.click(firstRow(hands).getByRole('link', { name: title }));
    await hands.click(button(hands, 'Undo…'));
    await hands.see(hands.page.getByText('3 will be undone', { exact: false }));
    await hands.click(inDialog(hands, 'Undo'));
  },
  async keyboard(hands) {
    await hands.press('g b');
    await hands.press('j', firstRow(hands));
    await hands.press('Enter');
    await hands.press('u', button(hands, 'Undo…'));
    await hands.see(hands.page.getByText('3 will be undone', { exact: false }));
    await hands.press('Control+Enter', inDialog(hands, 'Undo'));
  },
  check: async ({ globex }, { ids }) => {
    const { undo: series } = await globex('GET', `/api/batches/${ids[0]}`);
    return series.length === 1 && series[0].endedAt !== null;
  },
};

const curl: Task = {
  title: 'Create a tool from a curl line, test its draft, publish it',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async ({ dev }) => {
    made += 1;
    return { start: 'home', ids: [`${dev.demoServicesUrl}/healthz?desk=${made}`], title: `Health ${made}` };
  },
  async mouse(hands, { ids }) {
    await hands.click(place(hands, 'Tools'));
    await hands.click(hands.page.getByRole('link', { name: /^New tool/ }).first());
    await hands.click(button(hands, /^Paste curl/));
    await hands.paste(`curl '${ids[0]}'`);
    await hands.click(inDialog(hands, 'Fill the form'));
    await hands.click(button(hands, 'Save and test'));
    await hands.click(button(hands, /^Execute test/));
    await hands.click(button(hands, /^Publish v1/));
    await hands.click(inDialog(hands, 'Publish'));
    await hands.see(hands.page.getByText('v1 is published').first());
  },
  async keyboard(hands, { ids }) {
    await hands.press('g t');
    await hands.press('n', hands.page.getByRole('link', { name: /^New tool/ }).first());
    await hands.press('Control+Shift+U', button(hands, /^Paste curl/));
    await hands.paste(`curl '${ids[0]}'`);
    await hands.press('Control+Enter', inDialog(hands, 'Fill the form'));
    await hands.press('Control+Enter', button(hands, 'Save and test'));
    await hands.press('Control+Enter', button(hands, /^Execute test/));
    await hands.press('p', button(hands, /^Publish v1/));
    await hands.press('Control+Enter', inDialog(hands, 'Publish'));
    await hands.see(hands.page.getByText('v1 is published').first());
  },
  check: async ({ acme }, _subject, page) => {
    const id = page.url().match(/tools\/([^/?]+)/)?.[1];
    return (await acme('GET', `/api/tools/${id}`)).version === 1;
  },
  clean: async ({ acme }) => {
    const { items } = await acme('GET', '/api/tools?q=health&limit=50');
    for (const { id, name } of items) if (/health/.test(name)) await acme('DELETE', `/api/tools/${id}`);
  },
};

const template: Task = {
  title: 'Write a playbook from a template and publish it',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async () => ({ start: 'home', ids: [], title: '' }),
  async mouse(hands) {
    await hands.click(place(hands, 'Playbooks'));
    await hands.click(hands.page.getByRole('link', { name: /^Templates/ }).last());
    await hands.click(hands.page.getByRole('link', { name: 'Use Access request' }));
    await hands.click(button(hands, /^Publish/));
    await hands.click(inDialog(hands, /^Publish/));
    await hands.page.waitForURL(/\/playbooks\/[0-9a-f-]{36}/);
  },
  async keyboard(hands) {
    await hands.press('g p');
    await hands.press('t', hands.page.getByRole('link', { name: /^Templates/ }).last());
    // The digit is shown beside it.
    await hands.press('4', hands.page.getByRole('link', { name: 'Use Access request' }));
    await hands.press('Control+Enter', button(hands, /^Publish/));
    await hands.press('Control+Enter', inDialog(hands, /^Publish/));
    await hands.page.waitForURL(/\/playbooks\/[0-9a-f-]{36}/);
  },
  check: async ({ acme }) => {
    const { items } = await acme('GET', '/api/playbooks?q=access&limit=20');
    return items.some((each: Body) => each.name === 'access_request' && each.version === 1);
  },
  clean: async ({ acme }) => {
    const { items } = await acme('GET', '/api/playbooks?q=access&limit=20');
    for (const { id, name } of items)
      if (name === 'access_request') await acme('DELETE', `/api/playbooks/${id}`);
  },
};

const view: Task = {
  title: 'Save and share a view',
  who: 'ana@acme.test',
  tenant: 'acme',
  prepare: async () => ({ start: 'tools?q=payment', ids: [], title: 'Payments' }),
  async mouse(hands, { title }) {
    await hands.click(button(hands, 'View'));
    await hands.click(hands.page.getByRole('menuitem', { name: 'Save as a view' }));
    await hands.type(title);
    await hands.click(hands.page.getByLabel('Share it with the organization'));
    await hands.click(inDialog(hands, 'Save view'));
  },
  async keyboard(hands, { title }) {
    await hands.press('v', button(hands, 'View'));
    await hands.type(title);
    await hands.press('Tab Space');
    await hands.press('Control+Enter', inDialog(hands, 'Save view'));
  },
  check: async ({ acme }, { title }) => {
    const { items } = await acme('GET', '/api/saved-views?list=tools');
    return items.some((each: Body) => each.name === title && each.shared);
  },
  clean: async ({ acme }, { title }) => {
    const { items } = await acme('GET', '/api/saved-views?list=tools');
    for (const each of items) if (each.name === title) await acme('DELETE', `/api/saved-views/${each.id}`);
  },
};

const critical = (hands: Hands): Locator =>
  hands.page.getByRole('group', { name: 'Critical exception opened' }).getByLabel('Email');

const told: Task = {
  title: 'Be told of critical cases by email, in quiet hours too',
  who: 'ben@acme.test',
  tenant: 'acme',
  prepare: async () => ({ start: 'home', ids: [], title: '' }),
  async mouse(hands) {
    await hands.click(place(hands, /^Notifications/));
    await hands.click(hands.page.getByRole('link', { name: /^Notification settings/ }));
    await hands.choose(critical(hands), 'At once');
    await hands.click(hands.page.getByLabel('Hold email, browser and tools back at night'));
    await hands.see(
      hands.page.getByLabel('Critical ones come all the same').and(hands.page.locator(':checked')),
    );
    await hands.click(button(hands, /^Save/));
    await hands.see(hands.page.getByText('Notification settings saved').first());
  },
  async keyboard(hands) {
    await hands.press('g n');
    await hands.press('s', hands.page.getByRole('link', { name: /^Notification settings/ }));
    // The eighth kind; of its ways of email, "at once" is before "off".
    await hands.press('8 Shift+E q', critical(hands));
    await hands.see(
      hands.page.getByLabel('Critical ones come all the same').and(hands.page.locator(':checked')),
    );
    await hands.press('Control+s');
    await hands.see(hands.page.getByText('Notification settings saved').first());
  },
  check: async (_desk, _subject, page) => {
    // The settings are the person's own: no key may read them.
    const settings = await settingsOf(page);
    return settings.kinds.case_critical?.email === 'now' && settings.quiet?.letCritical === true;
  },
  clean: async (_desk, _subject, page) => {
    const { kinds, digest, timeZone } = await settingsOf(page);
    kinds.case_critical.email = 'off';
    const body = JSON.stringify({ kinds, digest, timeZone, quiet: null });
    const headers = { 'x-tenant': 'acme', 'content-type': 'application/json' };
    const request = JSON.stringify({ method: 'PUT', headers, body });
    await page.evaluate(`fetch('/api/notification-settings', ${request})`);
  },
};

const settingsOf = async (page: Page): Promise<Body> =>
  page.evaluate(
    `fetch('/api/notification-settings', { headers: { 'x-tenant': 'acme' } }).then((each) => each.json())`,
  );

export const tasks: readonly Task[] = [
  find,
  complete,
  approve,
  reject,
  twelve,
  runTool,
  rerun,
  undo,
  curl,
  template,
  view,
  told,
];
