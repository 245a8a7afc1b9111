import { expect, test } from 'vitest';
import { readEnvironment } from '../../../shared/platform/server/environment.ts';
import { workflowLimits } from '../../../worker/workflow-limits.ts';

const limitsWith = (settings: NodeJS.ProcessEnv) => {
  const environment = readEnvironment({
    DATABASE_URL: 'postgres://interlock_app_login:secret@localhost/interlock',
    INTERLOCK_AUTH_SECRET: 'x'.repeat(32),
    ...settings,
  });
  return { ...workflowLimits(environment), starts: environment.INTERLOCK_STARTS_AT_ONCE };
};

test.each(['2', '64', '512', '10000'])(
  'with %s starts at once, each of them finds room for its first task beside those that are not acknowledged',
  (startsAtOnce) => {
    const { tasks, cached, starts } = limitsWith({ INTERLOCK_STARTS_AT_ONCE: startsAtOnce });
    expect(tasks).toBeGreaterThanOrEqual(4 * starts);
    // A call of a first attempt holds a task.
    expect(tasks).toBeGreaterThan(150);
    expect(cached).toBeGreaterThanOrEqual(2 * tasks);
  },
);

test('settings of a deployment count', () => {
  const { tasks, cached } = limitsWith({
    INTERLOCK_WORKFLOW_TASKS: '30',
    INTERLOCK_CACHED_WORKFLOWS: '10',
  });
  expect({ tasks, cached }).toEqual({ tasks: 30, cached: 10 });
});
