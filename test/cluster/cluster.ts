import { join } from 'node:path';
import { startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { responds } from '../../dev/wait-until.ts';
import { apiPaths } from '../../shared/platform/api-paths.ts';
import { createPart, type Part } from '../campaign/part.ts';
import { type CampaignStack, startCampaignStack } from '../campaign/stack.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { eventually } from '../support/eventually.ts';
import { startTemporalCluster } from './temporal-cluster.ts';

/** A deployment as production has it: every part in processes of its own, behind one load balancer. */
export interface Cluster extends CampaignStack {
  balancer: Balancer;
  /** Of the load balancer: pages and API. */
  url: string;
  /** A process that serves pages and forwards the API's paths. */
  web: Part;
  webUrl: string;
  /** Starts a web process; it is in service when this resolves. */
  addWeb(): Promise<{ part: Part; url: string }>;
}

export const processes = { api: 3, worker: 3 };
/** How long a process serves after SIGTERM: the load balancer needs 0.5 s at most to notice. */
const stopDelaySeconds = 2;
const looks = { lookMs: 200, failuresToLeave: 2 };
const ofApi = (path: string) => [...apiPaths, '/readyz'].some((start) => path.startsWith(start));

/** @param dir emptied; logs stay there. @param gated whether gates between the parts can disturb them */
export async function startCluster(
  dir: string,
  { log, gated = false }: { log: (line: string) => void; gated?: boolean },
): Promise<Cluster> {
  const port = await freePort('the load balancer', 0);
  const url = `http://127.0.0.1:${port}`;
  let closeTemporal = async () => {};
  const stack = await startCampaignStack(dir, {
    log,
    gated,
    processes,
    settings: {
      INTERLOCK_PUBLIC_URL: url,
      INTERLOCK_STOP_DELAY_SECONDS: String(stopDelaySeconds),
      INTERLOCK_LOG_LEVEL: 'info',
    },
    postgresSettings: { max_connections: '400', wal_keep_size: '4GB' },
    startTemporal: async (options) => {
      const temporal = await startTemporalCluster(options);
      closeTemporal = temporal.close;
      return temporal;
    },
  });
  const webUrls = new Set<string>();
  const balancer = await startBalancer(stack.apiUrls, {
    ...looks,
    port,
    serves: (upstream, path) => webUrls.has(upstream) !== ofApi(path),
  });
  const webs: Part[] = [];
  const addWeb = async () => {
    const webPort = await freePort('web', 0);
    const webUrl = `http://127.0.0.1:${webPort}`;
    const name = `web${webs.length + 1}`;
    const launch = async () =>
      startChild({
        name,
        command: process.execPath,
        args: [join(projectRoot, 'api/main.ts')],
        cwd: projectRoot,
        // It needs neither a database nor a secret.
        env: {
          PATH: process.env.PATH,
          INTERLOCK_ROLES: 'web',
          INTERLOCK_PORT: String(webPort),
          INTERLOCK_PUBLIC_URL: url,
          INTERLOCK_API_URL: url,
          INTERLOCK_STOP_DELAY_SECONDS: String(stopDelaySeconds),
          INTERLOCK_LOG_LEVEL: 'info',
        },
        logFile: join(dir, `${name}.log`),
        stopDeadlineMs: 45_000,
      });
    const part = createPart(name, launch, { log });
    webs.push(part);
    webUrls.add(webUrl);
    await part.start();
    await eventually(() => responds(`${webUrl}/healthz`), { timeoutMs: 60_000, everyMs: 100 });
    balancer.add(webUrl);
    await eventually(() => balancer.inService().includes(webUrl), { timeoutMs: 60_000, everyMs: 100 });
    return { part, url: webUrl };
  };
  await eventually(() => balancer.inService().length === stack.apiUrls.length, {
    timeoutMs: 60_000,
    everyMs: 100,
  });
  const web = await addWeb();
  return {
    ...stack,
    apiUrls: [url],
    balancer,
    url,
    web: web.part,
    webUrl: web.url,
    addWeb,
    async stop() {
      await Promise.all(webs.map((part) => part.stop()));
      await balancer.close();
      await stack.stop();
      await closeTemporal();
    },
  };
}
