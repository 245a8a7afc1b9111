import { eventually } from './eventually.ts';
import type { ApiResponse, Call } from './test-api.ts';

/** Creates and publishes a playbook. @returns its id */
export async function publishPlaybook(
  as: Call,
  document: { name: string; steps: unknown[] } & Record<string, unknown>,
): Promise<string> {
  const created = await as('POST', '/api/playbooks', { title: document.name, ...document });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const published = await as('POST', `/api/playbooks/${created.body.id}/publish`, {});
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
  return created.body.id;
}

/** Starts a run. @returns its id */
export async function startRun(
  as: Call,
  playbookId: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await as('POST', '/api/playbook-runs', { playbookId, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

/** Waits until `check` accepts the run. */
export function runWhen(
  as: Call,
  runId: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  check: (run: any) => boolean,
  timeoutMs = 30_000,
  // biome-ignore lint/suspicious/noExplicitAny: the same
): Promise<any> {
  return eventually(
    async () => {
      const { body } = await as('GET', `/api/playbook-runs/${runId}`);
      if (!check(body)) {
        const steps = body.steps?.map((step: { id: string; status: string }) => `${step.id} ${step.status}`);
        throw new Error(`The run is ${body.status}, ${steps}`);
      }
      return body;
    },
    { timeoutMs },
  );
}

/** Waits until the step of a run has one of these statuses. */
export async function stepWhen(as: Call, runId: string, stepId: string, ...statuses: string[]) {
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  const find = (run: any) => run.steps.find((step: { id: string }) => step.id === stepId);
  const run = await runWhen(as, runId, (each) => statuses.includes(find(each)?.status));
  return find(run);
}

export function complete(
  as: Call,
  runId: string,
  stepId: string,
  body: Record<string, unknown> = {},
): Promise<ApiResponse> {
  return as('POST', `/api/playbook-runs/${runId}/steps/${stepId}/complete`, body);
}
