import { expect, test } from 'vitest';
import { familyCpu, processCpu, residentMegabytes } from '../../bench/process-usage.ts';

test.runIf(process.platform === 'linux')('a process has used some CPU time, and its family no less', () => {
  const until = performance.now() + 30;
  while (performance.now() < until);
  const { all, main } = processCpu(process.pid)!;
  expect(main).toBeGreaterThan(0);
  expect(all).toBeGreaterThanOrEqual(main);
  expect(familyCpu(process.pid)).toBeGreaterThanOrEqual(all);
  expect(residentMegabytes(process.pid)).toBeGreaterThan(1);
});

test('of a process that is not there, nothing is known', () => {
  expect(processCpu(2 ** 30)).toBeNull();
  expect(familyCpu(2 ** 30)).toBeNull();
  expect(residentMegabytes(2 ** 30)).toBeNaN();
});
