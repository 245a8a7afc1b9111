import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/free-port.ts';
import { eventually } from './eventually.ts';

const binary = 'prometheus-alertmanager';

/** Whether Debian's package is installed. */
export const hasAlertmanager = (): boolean => spawnSync(binary, ['--version']).status === 0;

export interface Alertmanager {
  /** Tells it about an alert, which is firing until it has an end. */
  alert(labels: Record<string, string>, endsAt?: Date): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real Alertmanager that delivers to an URL, with basic authentication. */
export async function startAlertmanager(
  url: string,
  [username, password]: [string, string],
): Promise<Alertmanager> {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-alertmanager-'));
  const port = await freePort('the Alertmanager', 0);
  writeFileSync(
    join(dir, 'config.yml'),
    JSON.stringify({
      route: {
        receiver: 'interlock',
        group_by: ['alertname'],
        group_wait: '100ms',
        group_interval: '500ms',
        repeat_interval: '1h',
      },
      receivers: [
        {
          name: 'interlock',
          webhook_configs: [
            { url, send_resolved: true, http_config: { basic_auth: { username, password } } },
          ],
        },
      ],
    }),
  );
  const process = spawn(
    binary,
    [
      `--config.file=${join(dir, 'config.yml')}`,
      `--storage.path=${dir}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => process.once('close', () => resolve()));
  const api = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${api}/-/ready`)).ok, { timeoutMs: 50_000 });
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  return {
    async alert(labels, endsAt) {
      const alert = {
        labels,
        annotations: { summary: `Payments of ${labels.instance} wait` },
        startsAt,
        ...(endsAt && { endsAt: endsAt.toISOString() }),
      };
      const response = await fetch(`${api}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([alert]),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    async stop() {
      process.kill();
      await ended;
    },
  };
}
