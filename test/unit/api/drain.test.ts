import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createApp } from '../../../api/app.ts';
import { createDrain } from '../../../api/drain.ts';
import { eventually } from '../../support/eventually.ts';

test('a draining server finishes the requests in progress, refuses new ones, and does not wait for streams', async () => {
  const drain = createDrain();
  const app = await createApp(pino({ level: 'silent' }), 'http://127.0.0.1', { drain });
  const inProgress: (() => void)[] = [];
  app.get('/slow', () => new Promise((resolve) => inProgress.push(() => resolve({ done: true }))));
  app.get('/stream', () => new Promise(() => {}));
  app.get('/healthz', async () => ({ status: 'ok' }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    await drain.idle(10_000);
    const stream = fetch(`${url}/stream`, { headers: { accept: 'text/event-stream' } }).catch(() => 'cut');
    const slow = fetch(`${url}/slow`);
    await eventually(() => inProgress.length === 1);

    drain.begin();
    const refused = await fetch(`${url}/slow`);
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    expect(await refused.json()).toMatchObject({ error: { code: 'unavailable' } });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    const at = performance.now();
    await drain.idle(50);
    expect(performance.now() - at).toBeGreaterThan(40);
    const idle = drain.idle(10_000);
    inProgress[0]!();
    expect(await (await slow).json()).toEqual({ done: true });
    await idle;
    expect(performance.now() - at).toBeLessThan(5_000);
    await app.close();
    expect(await stream).toBe('cut');
  } finally {
    await app.close();
  }
});
