import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../dev/paths.ts';
import { planFaults } from '../../campaign/plan.ts';

const drill = (args: string[], env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, [join(projectRoot, 'test/cluster/main.ts'), ...args], {
    env,
    encoding: 'utf8',
    cwd: projectRoot,
  });

test('without Go the drill says what it needs, and starts nothing', () => {
  const { status, stderr, stdout } = drill([], { PATH: '/nowhere' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/built with Go.*Nothing was started.*Install Go/);
});

test('an unknown part is refused by its name', () => {
  const { status, stderr } = drill(['--parts', 'roll,dance'], process.env);
  expect([status, stderr]).toEqual([1, expect.stringContaining('dance is not one of contract')]);
});

test('the faults of a campaign reach every process of a kind', () => {
  const plan = planFaults(7, 3_600_000, ['api', 'temporal', 'postgres'], { api: 3, temporal: 7 });
  const reached = (kind: string) =>
    [...new Set(plan.filter(({ part }) => part === kind).map(({ index }) => index))].sort();
  expect(reached('api')).toEqual([0, 1, 2]);
  expect(reached('temporal')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(reached('postgres')).toEqual([0]);
});
