import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerStepType } from '../../shared/playbooks/server/step-runners.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { toyStep } from '../support/toys/step/definition.ts';
import { toy } from '../support/toys/step/run.ts';

registerStepType('toy', toyStep, toy);

/** This step type is two files and one registration, with no other change. */
describe('a registered step type', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const question = 'How is ${{ input.place }}?';
  const document = (more: object = {}, when = 'steps.score.output.score > 5') => ({
    name: 'with_a_toy',
    title: 'With a toy',
    inputSchema: { type: 'object', properties: { place: { type: 'string' } } },
    steps: [
      { id: 'score', type: 'toy', title: 'Score it', question, ...more },
      { id: 'thank', type: 'manual', title: 'Thank them', when },
    ],
  });
  const check = async (sent: object) => {
    const { body } = await acme.as.tool_admin('POST', '/api/playbooks/check', sent);
    return body.issues.map((issue: { path: string; message: string }) => `${issue.path} ${issue.message}`);
  };

  test('a registered step type is checked by its rules, its form and its outcomes', async () => {
    expect(await check(document())).toEqual([]);
    expect(await check(document({ question: 'Well' }))).toEqual([
      '/steps/0/question A question ends with a question mark',
    ]);
    expect(await check(document({ question: '${{ input.nowhere }}?' }))).toEqual([
      '/steps/0/question input has no nowhere: only place',
    ]);
    expect(await check(document({}, 'steps.score.outcome = "done"'))).toEqual([
      '/steps/1/when score has no outcome done: only scored, passed',
    ]);
    expect(await check(document({ colour: 'red' }))).toHaveLength(1);
  });

  test('a registered step type is part of the OpenAPI document', async () => {
    const { body } = await api.call(null)('GET', '/api/openapi.json');
    expect(JSON.stringify(body.components.schemas)).toContain('"const":"toy"');
    expect(body.components.schemas.PlaybookDocument.required).toContain('steps');
  });

  test('a dry run walks a registered step type', async () => {
    const { body } = await acme.as.tool_admin('POST', '/api/playbooks/dry-run', {
      document: document(),
      input: { place: 'Rome' },
      answers: { score: { output: { score: 3 } } },
    });
    expect(body.steps).toMatchObject([
      { stepId: 'score', type: 'toy', result: 'would_wait', message: 'Asks any approver: How is Rome?' },
      { stepId: 'thank', result: 'would_skip' },
    ]);
  });

  test('a registered step is published, opened, shown and completed, and the next step sees its output', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, document());
    const runId = await startRun(acme.as.operator, id, { input: { place: 'Rome' } });
    const shown = await stepWhen(acme.as.operator, runId, 'score', 'waiting');
    const outcome = { id: 'scored', title: 'Give a score', needsReason: false, takesInput: true };
    expect(shown.outcomes[0]).toEqual(outcome);
    expect(shown).toMatchObject({
      type: 'toy',
      output: 'How is Rome?',
      waitingOn: 'Any approver',
      form: { required: ['score'] },
      mayNot: 'Only approvers can do this.',
    });
    const inbox = await acme.as.approver('GET', '/api/inbox');
    expect(inbox.body.items).toMatchObject([{ step: { id: 'score', type: 'toy', mayComplete: true } }]);

    expect((await complete(acme.as.operator, runId, 'score', { input: { score: 7 } })).status).toBe(403);
    const unfit = await complete(acme.as.approver, runId, 'score', { input: { score: 'good' } });
    expect(unfit.body.error.issues).toMatchObject([{ path: '/input/score' }]);
    expect((await complete(acme.as.approver, runId, 'score', { input: { score: 7 } })).status).toBe(200);

    expect(await stepWhen(acme.as.operator, runId, 'thank', 'waiting')).toBeDefined();
    expect((await complete(acme.as.operator, runId, 'thank')).status).toBe(200);
    const run = await runWhen(acme.as.operator, runId, ({ status }) => status === 'completed');
    expect(run.steps[0]).toMatchObject({ status: 'completed', outcome: 'scored', output: { score: 7 } });
  });
});
