import { demoPassword } from '../../shared/identity/demo-password.ts';
import { connectApp } from './connect-app.ts';
import type { DemoUrls } from './connectors.ts';
import { type DemoRecords, readDemoRecords } from './demo-records.ts';
import { type DemoState, writeDemoState } from './demo-state.ts';
import { type Desk, earlyHistory, history, type Who, workers } from './history.ts';
import { inTurns } from './in-turns.ts';
import { loadCases } from './load-cases.ts';
import { acme, globex } from './people.ts';
import {
  type Admins,
  allowDemoHosts,
  finishRegister,
  followPorts,
  register,
  type ToolIds,
} from './register.ts';
import { RestClient, RestError, signIn } from './rest-client.ts';

export interface LoadOptions {
  apiUrl: string;
  /** The URL in the browser; sign-ins are accepted from there only. */
  publicUrl: string;
  urls: DemoUrls;
  /** With the keys; progress is stored here and in the file. */
  state: DemoState;
  stateFile: string;
  log: (line: string) => void;
}

/** Fills both desks over REST. Safe to run again: what exists is left alone, and a finished load only updates changed ports. */
export async function loadDemoData({
  apiUrl,
  publicUrl,
  urls,
  state,
  stateFile,
  log,
}: LoadOptions): Promise<void> {
  const key = (value: string | null | undefined) => new RestClient(apiUrl, { key: value ?? '' });
  const admins: Admins = {
    [acme]: key(state.apiKeys[acme]),
    [globex]: key(state.apiKeys[globex]),
    global: key(state.platformKey),
  };
  const note = (change: Partial<DemoState>) => writeDemoState(stateFile, Object.assign(state, change));

  await allowDemoHosts(admins, urls, state.urls);
  if (state.urls) await followPorts(admins, urls, state.urls);
  note({ urls });
  if (state.complete && state.casesComplete) return;

  const [ids, records, people] = await Promise.all([
    register(admins, urls),
    readDemoRecords(urls.demo),
    signInAll(apiUrl, new URL(publicUrl).origin),
  ]);
  const as = (who: Who) => people.get(who) ?? admins[workers[who].tenant];
  const desk = openDesk({ as, admin: admins[acme], records, ids, log });
  if (!state.registered) {
    log('The tools are loaded; running the early history.');
    await inTurns(earlyHistory.map((story) => () => story(desk)));
    await finishRegister(admins, urls, ids);
    note({ registered: true });
  }
  if (!state.complete) {
    const { email } = workers.ana;
    const origin = new URL(publicUrl).origin;
    await connectApp(apiUrl, { origin, tenant: acme, email, password: demoPassword });
    log('An app acts for Ana.');
  }
  log('Running the history and the cases.');
  await Promise.all([
    state.complete || inTurns(history.map((story) => () => story(desk))).then(() => note({ complete: true })),
    state.casesComplete || loadCases({ as, admins, tools: ids, records, state, note, log }),
  ]);
}

async function signInAll(apiUrl: string, origin: string): Promise<Map<Who, RestClient>> {
  const clients = new Map<Who, RestClient>();
  await Promise.all(
    (Object.entries(workers) as [Who, (typeof workers)[Who]][]).map(async ([who, { tenant, email }]) => {
      if (email) clients.set(who, await signIn(apiUrl, { email, password: demoPassword, tenant, origin }));
    }),
  );
  return clients;
}

function openDesk({
  as,
  admin,
  records,
  ids,
  log,
}: {
  as: (who: Who) => RestClient;
  /** Of Acme. */
  admin: RestClient;
  records: DemoRecords;
  ids: ToolIds;
  log: (line: string) => void;
}): Desk {
  return {
    records,
    async run(who, tool, payload) {
      const id = ids.find(workers[who].tenant, tool);
      // Without Temporal's HTTP API, or when someone has removed the tool, this part of the history is missing.
      if (!id) return null;
      const execution = await as(who).execute(id, payload);
      log(`${who} ran ${tool}: ${execution ? (execution.failure?.code ?? execution.status) : 'refused'}`);
      return execution;
    },
    async undo(who, { id, toolName }, reason) {
      const status = await as(who)
        .call<{ status: string }>('POST', `/api/tools/executions/${id}/undo`, { reason })
        .then(({ status }) => status)
        .catch((error: unknown) => {
          if (!(error instanceof RestError)) throw error;
          return 'refused';
        });
      log(`${who} undid ${toolName}: ${status}`);
    },
    async batch(who, body) {
      // Someone may have removed one of its tools: this part of the history is missing then.
      const status = await as(who)
        .call<{ status: string }>('POST', '/api/batches', body)
        .then(({ status }) => status)
        .catch((error: unknown) => {
          if (!(error instanceof RestError)) throw error;
          return 'refused';
        });
      log(`${who} ran a batch: ${status}`);
    },
    async draft(tool, config, payload) {
      const id = ids.find(acme, tool);
      if (!id) return;
      const current = await admin.call<{ config: object; draft: object | null }>('GET', `/api/tools/${id}`);
      if (current.draft) return;
      const definition = { ...current, config: { ...current.config, ...config } };
      const { version } = await admin.call<{ version: number }>('PUT', `/api/tools/${id}/draft`, definition);
      await admin.call('POST', `/api/tools/${id}/draft/test`, { version, payload });
    },
    async trial(tool, config, sharing) {
      const id = ids.find(acme, tool);
      if (!id) return;
      const current = await admin.call<{ config: object }>('GET', `/api/tools/${id}`);
      const definition = { ...current, config: { ...current.config, ...config } };
      await admin
        .call('POST', `/api/tools/${id}/trial`, { definition, ...sharing })
        .catch((error: unknown) => {
          // One runs already.
          if (!(error instanceof RestError && error.status === 409)) throw error;
        });
    },
    async schedule(who, body, paused) {
      const client = as(who);
      const post = <T>(path: string, sent: unknown) => client.call<T>('POST', `/api/schedules${path}`, sent);
      const outcome = await post<{ id: string }>('', body)
        .then(async ({ id }) => {
          await post(`/${id}/trigger`, {});
          if (paused) await post(`/${id}/pause`, {});
          return 'created';
        })
        .catch((error: unknown) => {
          if (!(error instanceof RestError)) throw error;
          return 'refused';
        });
      log(`${who} scheduled something: ${outcome}`);
    },
    async channel(who, tool, channel) {
      const toolId = ids.find(workers[who].tenant, tool);
      if (!toolId) return;
      const choice = (channels: string[]) => ({ page: true, browser: true, email: 'now', channels });
      await as(who)
        .call<{ id: string }>('POST', '/api/notification-channels', { ...channel, toolId })
        .then(({ id }) =>
          as(who).call('PUT', '/api/notification-settings', { kinds: { case_critical: choice([id]) } }),
        )
        .catch((error: unknown) => {
          // It is there already, or the tool does not take it any more.
          if (!(error instanceof RestError)) throw error;
        });
    },
  };
}
