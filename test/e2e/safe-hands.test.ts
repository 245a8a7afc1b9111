import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';

interface StepOfRun {
  id: string;
  status: string;
  output?: unknown;
  executionIds: string[];
}

describe('one press, one effect', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;
  let ben: Page;
  let ana: Page;
  let paymentId: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    dir = await freshFolder({ pages: 'built' });
    [product, browser] = await Promise.all([startProduct(dir), startBrowser()]);
    [ben, ana] = await Promise.all([signIn('ben@acme.test'), signIn('ana@acme.test')]);
    const { items } = await rest('/api/tools?q=list_payments');
    paymentId = await eventually(async () => {
      const { output } = await rest(`/api/tools/${items[0].id}/execute`, {
        payload: { status: 'succeeded' },
      });
      return output?.items.find(({ amount }: { amount: number }) => amount > 10 && amount < 4_000)?.id;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    removeFolder(dir);
  });

  async function signIn(email: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 850 },
      baseURL: product.dev.webUrl,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(product.dev.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    return page;
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  const rest = async (path: string, body?: unknown): Promise<any> => {
    const response = await fetch(product.dev.apiUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${product.dev.apiKeys.acme}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };

  /** Publishes a playbook. @returns its id */
  async function publish(name: string, steps: object[]): Promise<string> {
    const { id } = await rest('/api/playbooks', { name, title: name, steps });
    const published = await rest(`/api/playbooks/${id}/publish`, {});
    expect(published.error).toBeUndefined();
    return id;
  }
  /** Starts a run and waits until a step waits for people. @returns its id */
  async function start(playbookId: string): Promise<string> {
    const { id } = await rest('/api/playbook-runs', { playbookId });
    await eventually(async () => (await stepsOf(id)).some((step) => step.status === 'waiting'));
    return id;
  }
  const stepsOf = async (runId: string): Promise<StepOfRun[]> =>
    (await rest(`/api/playbook-runs/${runId}`)).steps;
  const stepOf = async (runId: string, stepId: string) =>
    (await stepsOf(runId)).find((step) => step.id === stepId)!;
  const completed = async (runIds: string[], stepId: string) => {
    const steps = await Promise.all(runIds.map((runId) => stepOf(runId, stepId)));
    return steps.filter((step) => step.status === 'completed').length;
  };

  const manual = (id: string, title: string, more: object = {}) => ({ id, type: 'manual', title, ...more });
  const form = { type: 'object', properties: { note: { type: 'string', title: 'Note' } } };
  const refund = (id: string, amount: number) => ({
    id,
    type: 'call_tool',
    title: `Refund ${id}`,
    tool: 'refund_payment',
    input: { paymentId, amount, reason: 'goodwill' },
  });

  const pane = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
  /** A button that has been on screen long enough. */
  const armed = async (at: Locator, name: string) => {
    const button = at.getByRole('button', { name, exact: true });
    await button.and(at.locator('button:not([aria-disabled])')).waitFor();
    return button;
  };
  const openRun = (page: Page, runId: string) => page.goto(`/t/acme/playbook-runs/${runId}`);
  /** Holds a key as a keyboard does: the same key down again and again. */
  async function holdDown(page: Page, key: string, ms: number): Promise<void> {
    const until = Date.now() + ms;
    await page.keyboard.down(key);
    while (Date.now() < until) {
      await page.waitForTimeout(33);
      await page.keyboard.down(key);
    }
    await page.keyboard.up(key);
  }

  test('a decision key held down on the inbox decides one case, and says which', async () => {
    const playbook = await publish('held_choice', [
      {
        id: 'choose',
        type: 'decision',
        title: 'Choose a way',
        due: 'PT1M',
        options: [
          { id: 'left', title: 'Go left' },
          { id: 'right', title: 'Go right' },
        ],
      },
      manual('after', 'Afterwards'),
    ]);
    const runs = [await start(playbook), await start(playbook), await start(playbook)];
    await ben.goto('/t/acme/inbox?sort=due');
    const choose = pane(ben, 'Choose a way');
    await armed(choose, 'Go right');
    await look(ben, '60-keys');
    await holdDown(ben, '2', 2_000);
    await choose.getByText('Choose a way: go right').waitFor();
    // Still the same step, with what was decided.
    await choose.getByRole('button', { name: 'Next step' }).waitFor();
    // A hand on the mouse stops the countdown.
    await ben.mouse.move(800, 500);
    await choose.getByRole('button', { name: 'Stay' }).waitFor({ state: 'detached' });
    expect(await completed(runs, 'choose')).toBe(1);
    await look(ben, '62-outcome');
    await armed(choose, 'Next step');
    await holdDown(ben, 'Enter', 1_000);
    await armed(choose, 'Go left');
    expect(await completed(runs, 'choose')).toBe(1);
    const outcomes = await Promise.all(runs.map(async (runId) => (await stepOf(runId, 'choose')).output));
    expect(outcomes.filter(Boolean)).toEqual([{ option: 'right' }]);
  });

  test('two presses or clicks half a second apart decide one case', async () => {
    const runs = (await rest('/api/playbook-runs?q=held_choice&status=open&limit=10')).items
      .map((run: { id: string }) => run.id)
      .slice(0, 3);
    const before = await completed(runs, 'choose');
    await ben.goto('/t/acme/inbox?sort=due');
    const choose = pane(ben, 'Choose a way');
    const left = await armed(choose, 'Go left');
    const at = (await left.boundingBox())!;
    await ben.mouse.click(at.x + 8, at.y + 8);
    await ben.waitForTimeout(500);
    await ben.mouse.click(at.x + 8, at.y + 8);
    await ben.keyboard.press('1');
    await armed(choose, 'Send now');
    await ben.keyboard.press('Enter');
    await choose.getByRole('button', { name: 'Next step' }).waitFor();
    expect(await completed(runs, 'choose')).toBe(before + 1);
    await ben.keyboard.press('j');
    await ben.keyboard.press('j');
    expect(await completed(runs, 'choose')).toBe(before + 1);
  });

  test('a key held down on a run calls one tool, says what it made, and the next one waits', async () => {
    const playbook = await publish(
      'held_refunds',
      ['one', 'two', 'three', 'four'].map((id, index) => refund(id, 0.01 + index / 100)),
    );
    const runId = await start(playbook);
    const called = async () => (await stepsOf(runId)).flatMap((step) => step.executionIds).length;
    await openRun(ben, runId);
    await armed(pane(ben, 'Refund one'), 'Run');
    await holdDown(ben, '1', 2_000);
    await pane(ben, 'Refund one')
      .getByText(/Refund one: succeeded, re_/)
      .waitFor();
    expect(await called()).toBe(1);
    await look(ben, '63-refunded');
    // The countdown leads to the next step by itself.
    await (await armed(pane(ben, 'Refund two'), 'Run')).focus();
    await holdDown(ben, 'Enter', 2_000);
    await pane(ben, 'Refund two')
      .getByText(/Refund two: succeeded, re_/)
      .waitFor();
    expect(await called()).toBe(2);
  });

  test('a call that was taken over and back shows its request again before it can be sent', async () => {
    const runId = await start(await publish('taken_refund', [refund('again', 0.05), manual('then', 'Then')]));
    await Promise.all([openRun(ben, runId), openRun(ana, runId)]);
    const [his, hers] = [pane(ben, 'Refund again'), pane(ana, 'Refund again')];
    await his.getByLabel(/Amount/).fill('0.06');
    await his.getByRole('button', { name: 'Claim' }).click();
    await hers.getByRole('button', { name: 'Take over' }).click();
    await ana.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
    await his.getByText(/Ana Almeida took this over/).waitFor();
    expect(await his.getByRole('region', { name: 'Request', exact: true }).count()).toBe(0);
    await his.getByRole('button', { name: 'Take over' }).click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
    const run = await armed(his, 'Run');
    expect(await his.getByRole('region', { name: 'Request', exact: true }).textContent()).toContain('0.06');
    await run.click();
    await his.getByText(/Refund again: succeeded, re_/).waitFor();
    expect(await stepOf(runId, 'again')).toMatchObject({ output: { amount: 0.06 } });
  });

  test('a call that fails says why where it was decided, and stays there', async () => {
    const runId = await start(
      await publish('refused_refund', [refund('much', 4_999), manual('then', 'Then')]),
    );
    await openRun(ben, runId);
    const much = pane(ben, 'Refund much');
    await (await armed(much, 'Run')).click();
    await much.getByText(/Refund much: failed\. /).waitFor();
    await armed(much, 'Run');
    await look(ben, '64-failed');
    expect(await much.getByRole('button', { name: /Stay|Next step/ }).count()).toBe(0);
    expect((await stepOf(runId, 'much')).executionIds).toHaveLength(1);
  });

  test('completing a step without a tool can be undone for five seconds', async () => {
    const playbook = await publish('undone', [
      manual('note', 'Write a note', { form }),
      manual('end', 'End'),
    ]);
    const runId = await start(playbook);
    await openRun(ben, runId);
    const note = pane(ben, 'Write a note');
    await note.getByLabel(/Note/).fill('Too early');
    await (await armed(note, 'Complete step')).click();
    await note.getByRole('button', { name: 'Undo' }).waitFor();
    await ben.keyboard.press('u');
    await armed(note, 'Complete step');
    expect(await note.getByLabel(/Note/).inputValue()).toBe('Too early');
    expect((await stepOf(runId, 'note')).status).toBe('waiting');

    await note.getByLabel(/Note/).fill('Now');
    await ben.keyboard.press('Control+Enter');
    await note.getByRole('button', { name: 'Undo' }).waitFor();
    // On another page it can still be undone, and it is sent when the time is over.
    await ben.keyboard.press('g');
    await ben.keyboard.press('t');
    await ben.getByRole('heading', { name: 'Tools' }).waitFor();
    await ben
      .getByRole('region', { name: 'Can be undone' })
      .getByText(/Write a note: completed/)
      .waitFor();
    expect((await stepOf(runId, 'note')).status).toBe('waiting');
    await look(ben, '65-undo-elsewhere');
    await eventually(async () => (await stepOf(runId, 'note')).status === 'completed', { timeoutMs: 15_000 });
    expect((await stepOf(runId, 'note')).output).toEqual({ note: 'Now' });
    const { items } = await rest('/api/events?type=StepCompleted&limit=50');
    expect(items.filter((event: { data: { runId: string } }) => event.data.runId === runId)).toHaveLength(1);
  });

  test('a second decision sends the first one at once; undoing the second leaves the first', async () => {
    const choice = {
      id: 'choose',
      type: 'decision',
      title: 'Pick one',
      due: 'PT30S',
      options: [
        { id: 'left', title: 'Left' },
        { id: 'right', title: 'Right' },
      ],
    };
    const playbook = await publish('two_choices', [choice, manual('after', 'Afterwards')]);
    const runs = [await start(playbook), await start(playbook)];
    await ben.goto('/t/acme/inbox?sort=due');
    const pick = pane(ben, 'Pick one');
    const first = ben.getByRole('list', { name: 'Waiting steps' }).getByRole('button', { name: /Pick one/ });
    await first.first().click();
    await armed(pick, 'Left');
    await ben.keyboard.press('1');
    await pick.getByRole('button', { name: 'Undo' }).waitFor();
    await ben.keyboard.press('j');
    await ben.getByRole('region', { name: 'Can be undone' }).getByText('Pick one: left').waitFor();
    await armed(pick, 'Right');
    const pressed = Date.now();
    await ben.keyboard.press('2');
    await pick.getByRole('button', { name: 'Undo' }).waitFor();
    await ben.keyboard.press('Control+z');
    await armed(pick, 'Right');
    await eventually(async () => (await completed(runs, 'choose')) === 1);
    expect(Date.now() - pressed).toBeLessThan(5_000);
    const outputs = await Promise.all(runs.map(async (runId) => (await stepOf(runId, 'choose')).output));
    expect(outputs.filter(Boolean)).toEqual([{ option: 'left' }]);
  });

  test('a held key types nothing into the dialog that it opens', async () => {
    await ana.goto('/t/acme/exceptions');
    await ana.getByRole('row').nth(1).waitFor();
    await holdDown(ana, 'n', 1_500);
    const title = ana.getByRole('dialog').getByLabel(/^Title/);
    expect(await title.inputValue()).toBe('');
    await title.press('n');
    expect(await title.inputValue()).toBe('n');
  });

  test('closing the tab during the five seconds completes the step', async () => {
    const playbook = await publish('tab_closed', [manual('note', 'Leave a note', { form })]);
    const runId = await start(playbook);
    const page = await ben.context().newPage();
    await openRun(page, runId);
    const note = pane(page, 'Leave a note');
    await note.getByLabel(/Note/).fill('Goodbye');
    await (await armed(note, 'Complete step')).click();
    await note.getByRole('button', { name: 'Undo' }).waitFor();
    const closed = Date.now();
    await page.close({ runBeforeUnload: true });
    const step = await eventually(async () => {
      const found = await stepOf(runId, 'note');
      return found.status === 'completed' && found;
    });
    // Not by its timer.
    expect(Date.now() - closed).toBeLessThan(4_000);
    expect(step).toMatchObject({ output: { note: 'Goodbye' } });

    const reloaded = await start(playbook);
    await openRun(ben, reloaded);
    const again = pane(ben, 'Leave a note');
    await again.getByLabel(/Note/).fill('Back soon');
    await (await armed(again, 'Complete step')).click();
    await again.getByRole('button', { name: 'Undo' }).waitFor();
    await ben.reload();
    await again.getByText(/completed by Ben Okafor/).waitFor();
    expect(await again.getByText(/draft/).count()).toBe(0);
    expect(await stepOf(reloaded, 'note')).toMatchObject({ output: { note: 'Back soon' } });
  });

  test('a press before the step could be read does nothing; a change under the finger starts the time again', async () => {
    const playbook = await publish('read_first', [
      {
        id: 'vote',
        type: 'approval',
        title: 'Vote on it',
        required: 2,
        assignee: { role: 'operator' },
      },
      manual('end', 'End'),
    ]);
    const runId = await start(playbook);
    const page = await signIn('ben@acme.test');
    // The page's clock stands still, so that "too early" does not depend on how fast this machine is.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    await openRun(page, runId);
    const vote = pane(page, 'Vote on it');
    const approve = vote.getByRole('button', { name: 'Approve', exact: true });
    const shows = (locator: Locator) =>
      eventually(async () => {
        await page.clock.runFor(10);
        return locator.isVisible();
      });
    const undo = vote.getByRole('button', { name: 'Undo' });
    const pressTooEarly = async () => {
      expect(await approve.getAttribute('aria-disabled')).toBe('true');
      await page.keyboard.press('1');
      await approve.click({ force: true });
      expect(await undo.isVisible()).toBe(false);
    };
    await shows(approve);
    await pressTooEarly();
    await page.clock.runFor(1_000);
    expect(await approve.getAttribute('aria-disabled')).toBeNull();

    await openRun(ana, runId);
    await (await armed(pane(ana, 'Vote on it'), 'Approve')).click();
    await (await armed(pane(ana, 'Vote on it'), 'Send now')).click();
    await shows(vote.getByText('1 of 2 approved: Ana Almeida'));
    await pressTooEarly();
    await page.clock.runFor(1_000);
    await page.keyboard.press('1');
    await undo.waitFor();
    await page.clock.runFor(4_900);
    expect((await stepOf(runId, 'vote')).status).toBe('waiting');
    await page.clock.runFor(200);
    await shows(vote.getByText('Vote on it: approved 2 of 2'));
    await page.context().close();
  });

  test('taking over asks, tells the other, and keeps what they typed', async () => {
    const playbook = await publish('taken', [manual('note', 'Describe it', { form })]);
    const runId = await start(playbook);
    await Promise.all([openRun(ben, runId), openRun(ana, runId)]);
    const [his, hers] = [pane(ben, 'Describe it'), pane(ana, 'Describe it')];
    await his.getByLabel(/Note/).fill('What I have found');
    await his.getByRole('button', { name: 'Claim' }).click();
    await his.getByText('Claimed by you').waitFor();
    await hers.getByText('Claimed by Ben Okafor').waitFor();

    await ana.keyboard.press('c');
    const dialog = ana.getByRole('dialog', { name: 'Take over from Ben Okafor?' });
    await dialog.getByText(/Ben Okafor claimed Describe it/).waitFor();
    await look(ana, '66-take-over');
    expect((await rest(`/api/playbook-runs/${runId}`)).steps[0].claimedBy.name).toBe('Ben Okafor');
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await hers.getByText('Claimed by you').waitFor();

    await his.getByText(/Ana Almeida took this over/).waitFor();
    expect(await his.getByLabel(/Note/).inputValue()).toBe('What I have found');
    expect(await his.getByLabel(/Note/).isDisabled()).toBe(true);
    await look(ben, '67-taken-over');
    await his.getByRole('button', { name: 'Copy draft' }).click();
    expect(await ben.evaluate('navigator.clipboard.readText()')).toContain('What I have found');
    await ben.reload();
    await his.getByText(/Your draft is kept/).waitFor();
    expect(await his.getByLabel(/Note/).inputValue()).toBe('What I have found');

    await ben.goto('/t/acme/inbox?sort=due');
    const notice = ben
      .getByRole('region', { name: 'Notices' })
      .getByRole('link', { name: /Ana Almeida took over Describe it/ });
    await notice.click();
    await his.getByRole('button', { name: 'Take over' }).click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
    await armed(his, 'Complete step');
    expect(await his.getByLabel(/Note/).inputValue()).toBe('What I have found');
    await ben.keyboard.press('1');
    await his.getByRole('button', { name: 'Undo' }).waitFor();
    await look(ben, '61-undo');
    await eventually(async () => (await stepOf(runId, 'note')).status === 'completed');
    expect((await stepOf(runId, 'note')).output).toEqual({ note: 'What I have found' });
  });

  test('no page complained', () => {
    expect(complaints).toEqual([]);
  });
});
