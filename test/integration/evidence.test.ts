import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../api/evidence/verify-evidence.ts';
import { useInterlock } from '../support/command-line.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const markup = '<img src=x onerror=alert(1)></script>&amp;';

describe('the evidence of a case', () => {
  let api: TestApi;
  let provider: ProviderServer;
  let acme: TestTenant;
  let globex: TestTenant;
  let folder: string;
  let exceptionId: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interlock-evidence-'));
    provider = await startProvider((_request, response) =>
      sendJson(response, 200, { refunded: 12.5, markup }),
    );
    // Another test may have made the key of the audit trail, sealed by a vault of its own.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl });
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
    exceptionId = await aCase();
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A refund by a playbook, with an approval, a comment and a secret input. */
  async function aCase(): Promise<string> {
    const { operator, approver, tool_admin } = acme.as;
    const { body: made } = await operator('POST', '/api/exceptions', { title: `Refund ${markup}` });
    await operator('POST', `/api/exceptions/${made.id}/comments`, { body: `It is due ${markup}` });
    const inputSchema = {
      type: 'object',
      properties: { amount: { type: 'number' }, pin: { type: 'string', writeOnly: true } },
    };
    const config = { method: 'POST', url: `${provider.url}/refunds` };
    await tool_admin('POST', '/api/tools', { name: 'refund', type: 'http', inputSchema, config });
    const playbook = await publishPlaybook(tool_admin, {
      name: 'refund_case',
      steps: [
        { id: 'look', type: 'manual', title: 'Look at it' },
        {
          id: 'pay',
          type: 'call_tool',
          title: 'Pay',
          tool: 'refund',
          input: { amount: 12.5, pin: 'pin-4711-x' },
        },
      ],
    });
    const runId = await startRun(operator, playbook, { exceptionId: made.id });
    await stepWhen(operator, runId, 'look', 'waiting');
    await complete(operator, runId, 'look', {});
    await stepWhen(operator, runId, 'pay', 'waiting');
    await complete(operator, runId, 'pay', {});
    await runWhen(approver, runId, ({ status }) => status === 'completed');
    return made.id;
  }

  const evidence = (format: string, by: string | null = acme.keys.tenant_admin) =>
    fetch(`${api.url}/api/exceptions/${exceptionId}/evidence.${format}`, {
      headers: by === null ? {} : { authorization: `Bearer ${by}` },
    });
  const problemOf = (file: string) =>
    verifyEvidence(file).then(
      () => null,
      (error: Error) => error.message,
    );
  /** The command, as an auditor runs it. */
  const check = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    const { code, out, err } = await useInterlock(['audit', 'verify', file], { env: {} });
    return { code, text: code === 0 ? out : err };
  };

  test('one file tells the case with its exact requests, and can be checked without the server', async () => {
    const response = await evidence('html');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/evidence-EX-\d+\.html/);
    const page = await response.text();
    for (const words of ['refund_case', 'Look at it', 'Pay', `${provider.url}/refunds`, '12.5', 'It is due'])
      expect(page).toContain(words);
    expect(page).not.toContain('pin-4711-x');
    // What people and providers write is text, and the page runs nothing.
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    const checked = await check('case.html', page);
    expect(checked).toMatchObject({ code: 0, text: expect.stringContaining('is what was sealed') });
    const json = await (await evidence('json')).text();
    expect(await check('case.json', json)).toMatchObject({ code: 0 });
  });

  test('whatever is altered is found: the page, its data, an event, or the proof', async () => {
    const page = await (await evidence('html')).text();
    const json = await (await evidence('json')).text();
    expect(await problemOf(page)).toBeNull();
    expect(await problemOf(page.replace('Look at it', 'Look away'))).toContain('page does not say');
    expect(await problemOf(json.replace('Look at it', 'Look away'))).toContain('content of the case');
    const pack = JSON.parse(json);
    const altered = (change: (lines: string[]) => string[]) =>
      problemOf(JSON.stringify({ ...pack, audit: change(pack.audit) }));
    expect(
      await altered((lines) => lines.map((line) => line.replace('ExceptionCreated', 'ExceptionUpdated'))),
    ).not.toBeNull();
    expect(
      await altered((lines) => lines.filter((line) => !line.includes('"EvidenceExported"'))),
    ).not.toBeNull();
    expect(await problemOf('{"format":"interlock-evidence-1"}')).toContain('no evidence');
    const bad = await check('bad.html', page.replace('Look at it', 'Look away'));
    expect(bad).toMatchObject({ code: 1, text: expect.stringContaining('NOT WHOLE') });
  });

  test('tenant admins only may have it, of their own cases, and the trail says that they had', async () => {
    const statuses = async (by: string | null) => (await evidence('html', by)).status;
    expect(await statuses(null)).toBe(401);
    expect(await statuses(acme.keys.operator)).toBe(403);
    expect(await statuses(globex.keys.tenant_admin)).toBe(404);
    expect((await evidence('json')).status).toBe(200);
    const { body } = await acme.as.tenant_admin('GET', '/api/events?type=EvidenceExported');
    expect(body.items[0]).toMatchObject({ subjectType: 'exception', subjectId: exceptionId });
  });
});
