import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeOldPresence } from '../../shared/presence/db/presence.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, startRun } from '../support/playbook-runs.ts';
import {
  type Call,
  cookieOf,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';

describe('who has what open', () => {
  let api: TestApi;
  let other: TestApi;
  let acme: TestTenant;
  let admin: Awaited<ReturnType<typeof connectTo>>;
  let ana: Call;
  let ben: Call;
  let stranger: Call;
  let exceptionId: string;
  let runId: string;
  const [anasTab, bensTab] = [uuidv7(), uuidv7()];

  beforeAll(async () => {
    // Its rows are counted.
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    admin = await connectTo(adminUrl);
    [api, other] = await Promise.all([
      startTestApi({ databaseUrl }),
      startTestApi({ databaseUrl, worker: false }),
    ]);
    acme = await api.tenant();
    const globex = await api.tenant();
    ana = await peopleOf(api, acme).person(`ana@${acme.slug}.example`, ['operator']);
    ben = await peopleOf(api, acme).person(`ben@${acme.slug}.example`, ['operator']);
    stranger = await peopleOf(api, globex).person(`stranger@${globex.slug}.example`, ['tenant_admin']);
    const made = await acme.as.operator('POST', '/api/exceptions', { title: 'Case' });
    exceptionId = made.body.id;
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'check',
      steps: [{ id: 'look', type: 'manual', title: 'Look', assignee: { role: 'operator' } }],
    });
    runId = await startRun(acme.as.operator, playbook);
  });
  afterAll(async () => {
    await admin?.end();
    await Promise.all([api?.close(), other?.close()]);
  });

  const here = (as: Call, tab: string, ...at: object[]) => as('POST', '/api/presence', { tab, at });
  const theCase = (doing = 'looking') => ({ type: 'exception', id: exceptionId, doing });
  const theStep = (doing = 'looking') => ({ type: 'run', id: runId, stepId: 'look', doing });
  const namesAt = ({ body }: Awaited<ReturnType<Call>>) =>
    body.places.map(({ people }: { people: { name: string; doing: string }[] }) =>
      people.map(({ name, doing }) => `${name} ${doing}`),
    );

  test('each sees the others and what they do, in all of their tabs, until they leave', async () => {
    expect(namesAt(await here(ana, anasTab, theCase(), theStep()))).toEqual([[], []]);
    expect(namesAt(await here(ben, bensTab, theCase('commenting'), theStep('completing')))).toEqual([
      ['ana looking'],
      ['ana looking'],
    ]);
    const secondTab = uuidv7();
    await here(ben, secondTab, theStep());
    expect(namesAt(await here(ana, anasTab, theCase(), theStep()))).toEqual([
      ['ben commenting'],
      ['ben completing'],
    ]);
    // The run is a place of its own.
    expect(namesAt(await here(ana, anasTab, { type: 'run', id: runId, doing: 'looking' }))).toEqual([[]]);
    await here(ben, bensTab);
    expect(namesAt(await here(ana, anasTab, theCase(), theStep()))).toEqual([[], ['ben looking']]);
    await here(ben, secondTab);
    expect(namesAt(await here(ana, anasTab, theStep()))).toEqual([[]]);
  });

  test('who says nothing any more is gone within seconds, and nothing of them is kept', async () => {
    await here(ben, bensTab, theCase());
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([['ben looking']]);
    const age = (seconds: number) =>
      admin.query(`UPDATE presence SET seen_at = now() - make_interval(secs => $1)`, [seconds]);
    await age(5);
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([['ben looking']]);
    await age(12);
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([[]]);
    await age(61);
    await api.services.db.system(removeOldPresence);
    expect((await admin.query('SELECT FROM presence')).rowCount).toBe(0);
  });

  test('who may not see a place is told nothing of it and is not shown there, and a key is refused', async () => {
    await here(ana, anasTab, theCase(), theStep());
    expect((await here(stranger, uuidv7(), theCase(), theStep())).body).toEqual({ places: [] });
    expect((await here(ana, anasTab, { ...theCase(), id: uuidv7() })).body).toEqual({ places: [] });
    expect((await here(acme.as.operator, uuidv7(), theCase())).status).toBe(409);
    expect((await admin.query('SELECT DISTINCT user_name FROM presence')).rows).toEqual([]);
    const bad = await here(ana, anasTab, { type: 'tool', id: 'x', doing: 'dancing' });
    expect([bad.status, issuePaths(bad).toSorted()]).toEqual([
      422,
      ['/at/0/doing', '/at/0/id', '/at/0/type'],
    ]);
    expect((await here(ana, anasTab, { ...theStep(), stepId: '\u0000' })).status).toBe(422);
    // Someone who opens a tab with each request.
    for (let count = 0; count < 15; count++)
      await here(
        ana,
        uuidv7(),
        ...Array.from({ length: 6 }, (_, index) => ({ ...theStep(), stepId: `s${index}` })),
      );
    expect((await admin.query('SELECT FROM presence')).rowCount).toBeLessThanOrEqual(66);
    await admin.query('DELETE FROM presence');
  });

  test('a person who hides is seen by no one, and sees the others', async () => {
    await here(ben, bensTab, theCase());
    expect((await ben('PUT', '/api/me/presence', { hidden: true })).body).toEqual({ hidden: true });
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([[]]);
    expect(namesAt(await here(ben, bensTab, theCase('commenting')))).toEqual([['ana looking']]);
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([[]]);
    // What a tab said just before, and was written just after.
    await admin.query(
      `INSERT INTO presence (tenant_id, user_id, tab, subject_type, subject_id, step_id, user_name, doing)
        SELECT tenant_id, user_id, $1, 'exception', $2, '', 'ben', 'looking' FROM presence_hidden`,
      [uuidv7(), exceptionId],
    );
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([[]]);
    expect((await ben('GET', '/api/me/presence')).body).toEqual({ hidden: true });
    expect((await ana('GET', '/api/me/presence')).body).toEqual({ hidden: false });
    expect((await acme.as.viewer('GET', '/api/me/presence')).body).toEqual({ hidden: false });
    await ben('PUT', '/api/me/presence', { hidden: false });
    await here(ben, bensTab, theCase());
    expect(namesAt(await here(ana, anasTab, theCase()))).toEqual([['ben looking']]);
  });

  test('a page hears through its stream, at any process, when others come, type and leave; other pages do not', async () => {
    await admin.query('DELETE FROM presence');
    const cara = await peopleOf(api, acme).person(`cara@${acme.slug}.example`, ['viewer']);
    const listen = async (email: string, slug: string, pings = '&pings=event') => {
      const { headers } = await api.signIn(email, testPassword);
      const stop = new AbortController();
      const response = await fetch(`${other.url}/api/events/stream?tenant=${slug}${pings}`, {
        headers: { cookie: cookieOf(headers) },
        signal: stop.signal,
      });
      let heard = 0;
      const done = (async () => {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream()))
          heard += chunk.split('event: presence').length - 1;
      })().catch(() => {});
      return {
        heard: () => heard,
        stop: () => {
          stop.abort();
          return done;
        },
      };
    };
    const page = await listen(`ana@${acme.slug}.example`, acme.slug);
    const engine = await listen(`ana@${acme.slug}.example`, acme.slug, '');
    const bystander = await listen(`ben@${acme.slug}.example`, acme.slug);
    const tab = uuidv7();
    // They say it again and again, as tabs do: on a busy machine they would be gone in between.
    const hearsAfter = async (...carasAt: object[]) => {
      const before = page.heard();
      await eventually(
        async () => {
          await here(ana, anasTab, theCase());
          await here(cara, tab, ...carasAt);
          return page.heard() > before;
        },
        { everyMs: 250 },
      );
    };
    await hearsAfter(theCase());
    await hearsAfter(theCase('commenting'));
    await hearsAfter();
    expect([engine.heard(), bystander.heard()]).toEqual([0, 0]);
    await Promise.all([page.stop(), engine.stop(), bystander.stop()]);
  });
});
