import { afterAll, vi } from 'vitest';

// Test files share a process, which imports the product once. Each gives it back as it found it.

const found = { ...process.env };

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in found)) delete process.env[name];
  Object.assign(process.env, found);
});
