import { expect, test } from 'vitest';
import { createLogger } from '../../shared/platform/server/logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('trace', {}, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test('an error is logged with its code, place and causes, and nothing that it quotes of a row or a statement', () => {
  const refused = Object.assign(new Error('duplicate key value violates unique constraint "user_email"'), {
    code: '23505',
    constraint: 'user_email',
    detail: 'Key (email)=(ana@example.com) already exists.',
    where: 'JSON data, line 1: {"pin": "S3cr3t-Value"',
    params: ['S3cr3t-Value'],
  });
  const line = logged((log) =>
    log.error({ err: new Error('A procedure failed', { cause: refused }) }, 'failed'),
  );
  expect(line).not.toMatch(/ana@example|S3cr3t/);
  expect(JSON.parse(line).err).toMatchObject({
    type: 'Error',
    message: 'A procedure failed',
    stack: expect.stringContaining('logger.test.ts'),
    cause: { message: expect.stringContaining('user_email'), code: '23505', constraint: 'user_email' },
  });
});

test('texts about what went wrong are logged without secrets of a known kind', () => {
  const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`;
  const line = logged((log) => {
    log.warn({ err: new Error(`401 for ${token}`), reason: `refused ${token}` }, 'refused');
    log.info({ detail: `Bearer ${token}` }, `sent ${token}`);
  });
  expect(line).not.toContain(token);
  expect(line).toContain('401 for [redacted]');
  expect(line).toContain('"msg":"sent [redacted]"');
});

test('an error that is its own cause, and what is no error, are logged too', () => {
  const circular: Error & { cause?: unknown } = new Error('again');
  circular.cause = circular;
  expect(logged((log) => log.error({ err: circular }, 'x'))).toContain('again');
  expect(logged((log) => log.error({ err: 'a text' }, 'x'))).toContain('a text');
  expect(logged((log) => log.error(new Error('alone')))).toContain('alone');
});
