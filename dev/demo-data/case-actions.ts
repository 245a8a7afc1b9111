import { setTimeout as sleep } from 'node:timers/promises';
import type { RunView, StepView } from '../../shared/playbooks/run-schemas.ts';
import type { Who } from './history.ts';
import type { ToolIds } from './register.ts';
import type { RestClient } from './rest-client.ts';

/** What the cases act with. */
export interface CaseDesk {
  as(who: Who): RestClient;
  /** Ids of the exceptions by the keys of the cases. */
  exceptions: ReadonlyMap<string, string>;
  tools: ToolIds;
  tenantOf(who: Who): 'acme' | 'globex';
}

type Completion = { outcome?: string; input?: unknown; reason?: string };

/** What people do about one exception of the demo, each under their own name. */
export class CaseActions {
  readonly #desk: CaseDesk;
  readonly #key: string;

  constructor(desk: CaseDesk, key: string) {
    this.#desk = desk;
    this.#key = key;
  }

  get exceptionId(): string {
    const id = this.#desk.exceptions.get(this.#key);
    if (!id) throw new Error(`The case ${this.#key} has no exception.`);
    return id;
  }

  async comment(who: Who, body: string): Promise<void> {
    await this.#call(who, 'comments', { body });
  }

  async attach(who: Who, file: string, content: string): Promise<void> {
    const data = Buffer.from(content).toString('base64');
    const path = `/api/artifacts?name=${encodeURIComponent(file)}`;
    const { id } = await this.#desk.as(who).call<{ id: string }>('POST', path, { data });
    await this.#call(who, 'attachments', { artifactId: id });
  }

  /** Sets the exception in progress. */
  async begin(who: Who): Promise<void> {
    await this.#desk.as(who).call('PUT', `/api/exceptions/${this.exceptionId}`, { status: 'in_progress' });
  }

  async assign(who: Who, assignee: string): Promise<void> {
    await this.#call(who, 'assign', { assignee });
  }

  async linkTo(who: Who, kind: 'related' | 'duplicate_of' | 'caused_by', otherKey: string): Promise<void> {
    await this.#call(who, 'links', { kind, target: this.#desk.exceptions.get(otherKey) });
  }

  async linkPage(who: Who, title: string, url: string): Promise<void> {
    await this.#call(who, 'links', { kind: 'url', title, url });
  }

  async resolve(who: Who, code: string, note: string): Promise<void> {
    await this.#call(who, 'resolve', { code, note });
  }

  async runTool(who: Who, tool: string, payload: Record<string, unknown>): Promise<void> {
    const id = this.#desk.tools.find(this.#desk.tenantOf(who), tool);
    if (id) await this.#desk.as(who).execute(id, payload, this.exceptionId);
  }

  async start(who: Who, playbook: string): Promise<RunActions> {
    const client = this.#desk.as(who);
    const { id } = await client.call<RunView>(
      'POST',
      '/api/playbook-runs',
      { playbookId: playbook, exceptionId: this.exceptionId },
      { 'idempotency-key': `demo-${this.#key}-${playbook}` },
    );
    return new RunActions(this.#desk, id, client);
  }

  async #call(who: Who, what: string, body: unknown): Promise<void> {
    await this.#desk.as(who).call('POST', `/api/exceptions/${this.exceptionId}/${what}`, body);
  }
}

/** What people do in a run. Every action waits until its step is open. */
export class RunActions {
  readonly #desk: CaseDesk;
  readonly #id: string;
  readonly #reader: RestClient;

  constructor(desk: CaseDesk, id: string, reader: RestClient) {
    this.#desk = desk;
    this.#id = id;
    this.#reader = reader;
  }

  async complete(who: Who, stepId: string, completion: Completion = {}): Promise<void> {
    await this.waits(stepId);
    await this.#desk.as(who).call('POST', this.#path(`steps/${stepId}/complete`), completion);
  }

  async claim(who: Who, stepId: string): Promise<void> {
    await this.waits(stepId);
    await this.#desk.as(who).call('POST', this.#path(`steps/${stepId}/claim`), {});
  }

  async send(who: Who, stepId: string, name: string, data: unknown): Promise<void> {
    await this.waits(stepId);
    await this.#desk.as(who).call('POST', this.#path('events'), { name, data });
  }

  async pause(who: Who, reason: string): Promise<void> {
    await this.#desk.as(who).call('POST', this.#path('pause'), { reason });
  }

  async cancel(who: Who, reason: string): Promise<void> {
    await this.#desk.as(who).call('POST', this.#path('cancel'), { reason });
  }

  /** Waits until the step waits for someone. */
  async waits(stepId: string): Promise<void> {
    await this.#until((run) => isOpen(stepOf(run, stepId)));
  }

  /** Waits until a call has failed or its outcome is unknown. */
  async wentWrong(stepId: string): Promise<void> {
    await this.#until((run) => {
      const step = stepOf(run, stepId);
      return step?.status === 'outcome_unknown' || (isOpen(step) && step?.failure !== null);
    });
  }

  /** Waits until the run has ended. */
  async ends(): Promise<void> {
    await this.#until((run) => !isGoingOn(run));
  }

  /** The run of a `playbook` step. */
  async inside(stepId: string): Promise<RunActions> {
    const run = await this.#until((each) => Boolean(stepOf(each, stepId)?.childRunId));
    return new RunActions(this.#desk, stepOf(run, stepId)?.childRunId ?? '', this.#reader);
  }

  async #until(check: (run: RunView) => boolean): Promise<RunView> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const run = await this.#reader.call<RunView>('GET', this.#path());
      if (check(run)) return run;
      if (!isGoingOn(run) || Date.now() > deadline)
        throw new Error(`The run ${this.#id} of ${run.playbookName} is ${run.status}: ${run.reason ?? ''}`);
      await sleep(100);
    }
  }

  #path(rest = ''): string {
    return `/api/playbook-runs/${this.#id}${rest && '/'}${rest}`;
  }
}

function stepOf(run: RunView, stepId: string): StepView | undefined {
  return run.steps.find(({ id }) => id === stepId);
}

function isOpen(step: StepView | undefined): boolean {
  return step?.status === 'waiting' || step?.status === 'outcome_unknown';
}

function isGoingOn({ status }: RunView): boolean {
  return status === 'running' || status === 'waiting';
}
