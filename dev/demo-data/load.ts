import type { DemoUrls } from './connectors.ts';
import { readDemoRecords } from './demo-records.ts';
import { type DemoState, writeDemoState } from './demo-state.ts';
import { type Desk, earlyHistory, history, type Who, workers } from './history.ts';
import { acme, demoPassword, globex } from './people.ts';
import {
  type Admins,
  allowDemoHosts,
  finishRegister,
  followPorts,
  register,
  type ToolIds,
} from './register.ts';
import { RestClient, signIn } from './rest-client.ts';

export interface LoadOptions {
  apiUrl: string;
  /** What the browser shows; sign-ins are taken from there only. */
  publicUrl: string;
  urls: DemoUrls;
  /** With the keys; what is done is noted here and in the file. */
  state: DemoState;
  stateFile: string;
  log: (line: string) => void;
}

const atOnce = 4;

/** Fills both desks through the REST door. Safe to repeat: what is there is left alone, a finished load only follows changed ports. */
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
  if (state.complete) return;

  const ids = await register(admins, urls);
  const desk = await openDesk({
    apiUrl,
    origin: new URL(publicUrl).origin,
    admins,
    ids,
    demoUrl: urls.demo,
    log,
  });
  if (!state.registered) {
    log('Tools are there; running the early history.');
    await inTurns(earlyHistory, desk);
    await finishRegister(admins, urls, ids);
    note({ registered: true });
  }
  log('Running the history.');
  await inTurns(history, desk);
  note({ complete: true });
}

async function openDesk(input: {
  apiUrl: string;
  origin: string;
  admins: Admins;
  ids: ToolIds;
  demoUrl: string;
  log: (line: string) => void;
}): Promise<Desk> {
  const { apiUrl, origin, admins, ids, log } = input;
  const clients = new Map<Who, RestClient>();
  for (const [who, { tenant, email }] of Object.entries(workers) as [Who, (typeof workers)[Who]][]) {
    clients.set(
      who,
      email ? await signIn(apiUrl, { email, password: demoPassword, tenant, origin }) : admins[tenant],
    );
  }
  return {
    records: await readDemoRecords(input.demoUrl),
    async run(who, tool, payload) {
      const id = ids.find(workers[who].tenant, tool);
      const client = clients.get(who);
      // No Temporal HTTP API, or somebody has removed the tool: then that part of the story is missing.
      if (!id || !client) return null;
      const execution = await client.execute(id, payload);
      log(`${who} ran ${tool}: ${execution ? (execution.failure?.code ?? execution.status) : 'refused'}`);
      return execution;
    },
  };
}

/** A few at a time, so that a start stays quick and the machine usable. */
async function inTurns(stories: readonly ((desk: Desk) => Promise<unknown>)[], desk: Desk): Promise<void> {
  const rest = [...stories];
  const worker = async () => {
    for (let story = rest.shift(); story; story = rest.shift()) await story(desk);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
