import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('completing while a server is unavailable', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let temporal: TcpGate;
  let postgres: TcpGate;
  let playbook: string;

  beforeAll(async () => {
    const servers = inject('servers');
    const gate = async (what: string, host: string, port: number) => {
      const own = await freePort(what, 0);
      const made = createTcpGate(own, { host, port });
      await made.open();
      return { gate: made, port: own };
    };
    const [host, port] = servers.temporalAddress.split(':');
    const toTemporal = await gate('Temporal', host!, Number(port));
    const url = new URL(servers.databaseUrl);
    const toPostgres = await gate('PostgreSQL', url.hostname, Number(url.port));
    [temporal, postgres] = [toTemporal.gate, toPostgres.gate];
    url.hostname = '127.0.0.1';
    url.port = String(toPostgres.port);
    api = await startTestApi({
      temporalAddress: `127.0.0.1:${toTemporal.port}`,
      databaseUrl: url.href,
    });
    acme = await api.tenant();
    operator = acme.as.operator;
    playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'patient',
      steps: [
        { id: 'one', type: 'manual', title: 'One' },
        { id: 'two', type: 'manual', title: 'Two' },
      ],
    });
  });
  afterAll(async () => {
    await api?.close();
    await temporal?.shut();
    await postgres?.shut();
  });

  const completions = (runId: string) =>
    api.services.db.tenant(acme.id, (connection) =>
      connection.query<{ status: string }>({
        text: 'SELECT status FROM step_completion WHERE run_id = $1 ORDER BY id',
        values: [runId],
      }),
    );
  const completedEvents = async (runId: string) => {
    const { body } = await operator('GET', '/api/events?type=StepCompleted&limit=200');
    return body.items.filter((event: { data: { runId?: string } }) => event.data.runId === runId).length;
  };
  const completeUntilAccepted = (runId: string) =>
    eventually(
      async () => {
        const response = await complete(operator, runId, 'one', { requestId: 'mine' });
        if (response.status !== 200) throw new Error(JSON.stringify(response.body));
        return response;
      },
      { timeoutMs: 30_000, everyMs: 200 },
    );

  test('without Temporal a completion gets a 503 and has no effect, also not later; sent again, it counts once', async () => {
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'one', 'waiting');
    await temporal.shut();
    const at = performance.now();
    const responses = await Promise.all([
      complete(operator, runId, 'one', { requestId: 'mine' }),
      complete(acme.as.tenant_admin, runId, 'one', { requestId: 'theirs' }),
    ]);
    expect(performance.now() - at).toBeLessThan(12_000);
    for (const response of responses) {
      expect(response).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
      expect(response.body.error.message).toContain('Nothing was done');
    }
    expect((await completions(runId)).map((row) => row.status)).toEqual(['withdrawn', 'withdrawn']);
    const { body } = await operator('GET', `/api/playbook-runs/${runId}`);
    expect(body.steps[0]).toMatchObject({ status: 'waiting' });
    await temporal.open();
    await completeUntilAccepted(runId);
    await stepWhen(operator, runId, 'two', 'waiting');
    expect(await completedEvents(runId)).toBe(1);
    expect((await complete(acme.as.tenant_admin, runId, 'one', { requestId: 'theirs' })).status).toBe(409);
  }, 60_000);

  test('without PostgreSQL a completion gets a 503; sent again with the same request id, it counts once', async () => {
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'one', 'waiting');
    await postgres.shut();
    const refused = await complete(operator, runId, 'one', { requestId: 'mine' });
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    await postgres.open();
    await completeUntilAccepted(runId);
    await stepWhen(operator, runId, 'two', 'waiting');
    expect(await completedEvents(runId)).toBe(1);

    // The connection breaks during the completion: with either response, the same request settles it.
    const second = await startRun(operator, playbook);
    await stepWhen(operator, second, 'one', 'waiting');
    const inFlight = complete(operator, second, 'one', { requestId: 'mine' });
    await postgres.shut();
    expect([200, 503]).toContain((await inFlight).status);
    await postgres.open();
    await completeUntilAccepted(second);
    await stepWhen(operator, second, 'two', 'waiting');
    expect(await completedEvents(second)).toBe(1);
    await complete(operator, second, 'two');
    await runWhen(operator, second, (run) => run.status === 'completed');
  }, 60_000);
});
