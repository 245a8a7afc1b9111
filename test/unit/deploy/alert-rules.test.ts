import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../dev/paths.ts';

const folder = join(projectRoot, 'deploy/prometheus');
const rules = readFileSync(join(folder, 'interlock.rules.yml'), 'utf8');
const promtool = process.env.PROMTOOL_PATH ?? 'promtool';
const absent = spawnSync(promtool, ['--version']).status !== 0;

function run(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(promtool, args, { cwd: folder, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

test.skipIf(absent)(
  'promtool accepts the rules, and they fire when they should (needs promtool: Debian package prometheus, or PROMTOOL_PATH)',
  () => {
    const checked = run('check', 'rules', 'interlock.rules.yml');
    expect(checked.status, checked.said).toBe(0);
    const tested = run('test', 'rules', 'interlock.rules.test.yml');
    expect(tested.status, tested.said).toBe(0);
  },
);

/** As GitHub makes them of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

test('every alert leads to a section of the runbook', () => {
  const runbook = readFileSync(join(projectRoot, 'docs/runbook.md'), 'utf8');
  const anchors = new Set([...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!)));
  const alerts = rules.split(/^ {6}- alert: /m).slice(1);
  expect(alerts.length).toBeGreaterThan(10);
  for (const alert of alerts) {
    const [name] = alert.split('\n');
    const anchor = /runbook_url: docs\/runbook\.md#(\S+)/.exec(alert)?.[1];
    expect(anchors, `${name}: ${anchor}`).toContain(anchor);
    expect(alert, name).toMatch(/severity: (critical|warning|info) /);
  }
});
