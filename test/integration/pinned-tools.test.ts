import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a published playbook keeps the tools that it was published with', () => {
  let api: TestApi;
  let acme: TestTenant;
  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const dummy = (name: string, response: string) => ({ name, type: 'dummy', config: { response } });
  async function createTool(name: string, response = 'original'): Promise<string> {
    const created = await acme.as.tool_admin('POST', '/api/tools', dummy(name, response));
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    return created.body.id;
  }
  const publishCalling = (tool: string) =>
    publishPlaybook(acme.as.tool_admin, {
      name: `calls_${tool}`,
      steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool }],
    });
  const outputOf = async (runId: string) =>
    (await stepWhen(acme.as.operator, runId, 'call', 'completed', 'failed')).output;

  test('a waiting step and a later run follow a rename, and no other tool takes the name over', async () => {
    const id = await createTool('renamed');
    const playbook = await publishCalling('renamed');
    const waiting = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, waiting, 'call', 'waiting');

    const path = `/api/tools/${id}`;
    expect((await acme.as.tool_admin('PUT', path, dummy('renamed_now', 'original'))).status).toBe(409);
    const forced = await acme.as.tool_admin('PUT', `${path}?force=true`, dummy('renamed_now', 'original'));
    expect(forced.status).toBe(200);
    const impostor = await createTool('renamed', 'impostor');

    const step = await stepWhen(acme.as.operator, waiting, 'call', 'waiting');
    expect(step.tool).toMatchObject({ id, name: 'renamed_now' });
    expect((await complete(acme.as.operator, waiting, 'call')).status).toBe(200);
    expect(await outputOf(waiting)).toBe('original');

    const later = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, later, 'call', 'waiting');
    await complete(acme.as.operator, later, 'call');
    expect(await outputOf(later)).toBe('original');
    const { body } = await acme.as.viewer('GET', `/api/tools/executions?toolId=${impostor}`);
    expect(body.items).toEqual([]);
  });

  test('a new tool under the name of an archived one is not called', async () => {
    const id = await createTool('replaced');
    const playbook = await publishCalling('replaced');
    const waiting = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, waiting, 'call', 'waiting');
    expect((await acme.as.tool_admin('DELETE', `/api/tools/${id}?force=true`)).status).toBe(204);
    const impostor = await createTool('replaced', 'impostor');

    const refused = await complete(acme.as.operator, waiting, 'call');
    expect(refused.status).toBe(404);
    expect(refused.body.error.message).toContain('archived');
    const later = await startRun(acme.as.operator, playbook);
    const run = await runWhen(acme.as.operator, later, ({ steps }) => Boolean(steps[0].failure));
    expect(run.steps[0].failure.message).toContain('archived');
    const { body } = await acme.as.viewer('GET', `/api/tools/executions?toolId=${impostor}`);
    expect(body.items).toEqual([]);

    // Published again, the playbook means the tool that has the name now.
    const { body: current } = await acme.as.viewer('GET', `/api/playbooks/${playbook}`);
    await acme.as.tool_admin('PUT', `/api/playbooks/${playbook}`, current.document);
    expect((await acme.as.tool_admin('POST', `/api/playbooks/${playbook}/publish`, {})).status).toBe(200);
    const again = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, again, 'call', 'waiting');
    await complete(acme.as.operator, again, 'call');
    expect(await outputOf(again)).toBe('impostor');
  });

  test('renaming, restoring an old name and archiving say who uses the tool, and change nothing', async () => {
    const id = await createTool('first_name');
    await acme.as.tool_admin('PUT', `/api/tools/${id}`, dummy('second_name', 'original'));
    const playbook = await publishCalling('second_name');
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    const uses = {
      playbooks: [
        {
          id: playbook,
          name: 'calls_second_name',
          title: 'calls_second_name',
          version: 1,
          stepIds: ['call'],
        },
      ],
      waitingSteps: [{ runId, stepId: 'call', title: 'Call', exceptionId: null }],
      organizationsElsewhere: 0,
      undoes: [],
    };
    const refusals = await Promise.all([
      acme.as.tool_admin('PUT', `/api/tools/${id}`, dummy('third_name', 'original')),
      acme.as.tool_admin('POST', `/api/tools/${id}/versions/1/restore`, {}),
      acme.as.tool_admin('DELETE', `/api/tools/${id}`),
    ]);
    for (const { status, body } of refusals) {
      expect(status).toBe(409);
      expect(body.error).toMatchObject({ code: 'in_use', details: uses });
      expect(body.error.message).toContain('1 published playbook and 1 waiting step');
    }
    const now = await acme.as.viewer('GET', `/api/tools/${id}`);
    expect(now.body).toMatchObject({ name: 'second_name', version: 2 });
    expect((await acme.as.viewer('GET', `/api/tools/${id}/uses`)).body).toEqual(uses);
    // A change that keeps the name needs no force.
    const kept = await acme.as.tool_admin('PUT', `/api/tools/${id}`, dummy('second_name', 'changed'));
    expect(kept.status).toBe(200);
  });

  test('a global tool counts the other organizations that use it and names none of them', async () => {
    const globex = await api.tenant();
    const name = `global_${acme.slug.replaceAll('-', '_')}`;
    const created = await acme.as.platform_admin('POST', '/api/tools', {
      ...dummy(name, 'original'),
      scope: 'global',
    });
    await publishPlaybook(globex.as.tool_admin, {
      name: 'secret_playbook',
      steps: [{ id: 'call', type: 'call_tool', title: 'Secret', tool: name }],
    });
    const refused = await acme.as.platform_admin('DELETE', `/api/tools/${created.body.id}`);
    expect(refused.body.error).toMatchObject({
      code: 'in_use',
      details: { playbooks: [], waitingSteps: [], organizationsElsewhere: 1 },
    });
    expect(JSON.stringify(refused.body).toLowerCase()).not.toContain('secret');
    const forced = await acme.as.platform_admin('DELETE', `/api/tools/${created.body.id}?force=true`);
    expect(forced.status).toBe(204);
  });
});
