import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, startBrowser } from '../support/browser.ts';
import { freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';

describe('an approval on its page', () => {
  let dir: string;
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    dir = await freshFolder();
    [product, browser] = await Promise.all([startProduct(dir), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    removeFolder(dir);
  });

  async function signIn(email: string): Promise<Page> {
    const viewport = { width: 1360, height: 900 };
    const page = await (await browser.newContext({ viewport, baseURL: product.dev.webUrl })).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(product.dev.users[0]!.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    return page;
  }

  const rest = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(product.dev.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${product.dev.apiKeys.acme}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };

  test('shows the exact request, and a request that changed meanwhile is shown before it can be approved', async () => {
    const q = encodeURIComponent('Sanctions: possible match for Tomás Herrera');
    const { items } = await rest('GET', `/api/exceptions?limit=1&q=${q}`);
    const { id, attributes } = await rest('GET', `/api/exceptions/${items[0].id}`);
    const runs = await rest('GET', `/api/playbook-runs?exceptionId=${id}`);
    const reviewed = await rest('POST', `/api/playbook-runs/${runs.items[0].id}/steps/review/complete`, {
      input: { finding: 'other_person', evidence: 'Date of birth and passport number differ.' },
    });
    expect(reviewed).toMatchObject({ status: 'completed' });
    const carla = await signIn('carla@acme.test');
    await carla.goto(`/t/acme/exceptions/${id}`);
    const step = carla.getByRole('region', { name: 'Approve the release', exact: true });
    const request = step.getByRole('region', { name: 'Request of Release the customer', exact: true });
    await request.getByText(String(attributes.customerId)).first().waitFor();
    await look(carla, '39-approval-request');

    const others = (await rest('GET', '/api/exceptions?domain=compliance&limit=50')).items;
    const details = await Promise.all(
      others.map((each: { id: string }) => rest('GET', `/api/exceptions/${each.id}`)),
    );
    const customerId: string = details
      .map((each) => each.attributes.customerId)
      .find((each) => each !== undefined && each !== attributes.customerId);
    const edited = await rest('PUT', `/api/exceptions/${id}`, { attributes: { ...attributes, customerId } });
    expect(edited.attributes).toMatchObject({ customerId });
    await step.getByRole('button', { name: 'Approve' }).click();
    await request.getByText('Changed since it was shown').waitFor();
    await request.getByText(customerId).first().waitFor();
    const run = await rest('GET', `/api/playbook-runs/${runs.items[0].id}`);
    const approval = run.steps.find((each: { id: string }) => each.id === 'release_approval');
    expect(approval.approvals.given).toEqual([]);
    await look(carla, '39-approval-changed');

    await step.getByRole('button', { name: 'Approve' }).click();
    await step.getByText('1 of 2 approved: Carla Reyes').waitFor();
  });

  test('the editor chooses the calls that an approval covers, and the plan names them', async () => {
    const { items } = await rest('GET', '/api/playbooks?q=sanction_hit');
    const emil = await signIn('emil@acme.test');
    await emil.goto(`/t/acme/playbooks/${items[0].id}/edit`);
    await emil.locator('button[data-step="/steps/1"]').click();
    await emil.getByLabel('Covers', { exact: true }).selectOption('Chosen calls');
    await emil.getByLabel('Call 1', { exact: true }).selectOption('Release the customer');
    await look(emil, '39-approval-covers');
    await emil.getByRole('button', { name: 'Save' }).first().click();
    await emil.getByText('Draft saved').first().waitFor();
    const { draft } = await rest('GET', `/api/playbooks/${items[0].id}`);
    expect(draft.steps[1].covers).toEqual(['release']);
    const plan = await rest('GET', `/api/playbooks/${items[0].id}/publish-plan`);
    expect(plan.issues).toEqual([]);
    expect(plan.covers).toEqual([
      { stepId: 'release_approval', calls: [{ stepId: 'release', known: true }] },
    ]);
  });
});
