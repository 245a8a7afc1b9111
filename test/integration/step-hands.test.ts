import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import {
  type Call,
  cookieOf,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';

describe('who has a step in hand', () => {
  let api: TestApi;
  let acme: TestTenant;
  let ben: Call;
  let ana: Call;
  const mail = (name: string) => `${name}@${acme.slug}.test`;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    ben = await person('ben', ['operator']);
    ana = await person('ana', ['tenant_admin']);
  });
  afterAll(() => api?.close());

  async function person(name: string, roles: Role[]): Promise<Call> {
    const { db, environment } = api.services;
    const auth = createAuth({
      pool: db.authPool,
      secret: environment.INTERLOCK_AUTH_SECRET,
      publicUrl: environment.publicUrl,
    });
    const memberships = [{ tenant: acme.slug, roles }];
    await seedIdentity(auth, {
      tenants: [{ slug: acme.slug, name: acme.slug }],
      users: [{ email: mail(name), name, password: testPassword, memberships }],
    });
    const cookie = cookieOf((await api.signIn(mail(name), testPassword)).headers);
    const call = api.call(null);
    const own = { cookie, 'x-tenant': acme.slug, origin: environment.publicUrl };
    return (method, path, body, headers = {}) => call(method, path, body, { ...own, ...headers });
  }

  /** Starts a run of one step. @returns the path of the step */
  async function openStep(
    name: string,
    step: Record<string, unknown>,
  ): Promise<{ runId: string; path: string }> {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name,
      steps: [{ id: 'one', title: 'One', ...step }],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'one', 'waiting');
    return { runId, path: `/api/playbook-runs/${runId}/steps/one` };
  }

  const noticesOf = async (as: Call, runId: string) =>
    (await as('GET', '/api/inbox/notices')).body.items.filter(
      (notice: { runId: string }) => notice.runId === runId,
    );

  test('a step that someone else has claimed is taken over only on purpose, and a notice says by whom', async () => {
    const { runId, path } = await openStep('taken_over', { type: 'manual' });
    const claimed = await ben('POST', `${path}/claim`, {});
    const { id: benId } = claimed.body.claimedBy;

    const refused = await ana('POST', `${path}/claim`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ben has claimed this step'),
      details: { claimedBy: claimed.body.claimedBy },
    });
    expect(await noticesOf(ben, runId)).toEqual([]);
    expect((await ana('GET', path)).body).toMatchObject({ mayClaim: true, mayComplete: false });
    expect((await acme.as.viewer('GET', path)).body).toMatchObject({ mayClaim: false });

    expect((await ana('POST', `${path}/claim`, { takeOver: true })).body.claimedBy.name).toBe('ana');
    expect(await noticesOf(ben, runId)).toMatchObject([
      { kind: 'taken_over', stepId: 'one', unread: true, text: expect.stringContaining('ana took over One') },
    ]);
    expect(await noticesOf(ana, runId)).toEqual([]);
    const { body } = await ana('GET', '/api/events?type=StepClaimed&limit=20');
    const [taken] = body.items.filter((event: { data: { runId: string } }) => event.data.runId === runId);
    expect(taken.data.takenFrom).toEqual({ id: benId, name: 'ben' });

    // Back again, by the same question.
    expect((await ben('POST', `${path}/claim`, {})).status).toBe(409);
    expect((await ben('POST', `${path}/claim`, { takeOver: true })).status).toBe(200);
    expect(await noticesOf(ana, runId)).toMatchObject([{ kind: 'taken_over' }]);
  });

  test('whoever loses a claim because it was released or reassigned gets a notice too', async () => {
    const { runId, path } = await openStep('lost_claims', { type: 'manual' });
    await ben('POST', `${path}/claim`, {});
    expect((await ana('POST', `${path}/release`, {})).body.claimedBy).toBeNull();
    await ben('POST', `${path}/claim`, {});
    expect((await ana('POST', `${path}/assign`, { user: mail('ana') })).status).toBe(200);
    expect(await noticesOf(ben, runId)).toMatchObject([
      { kind: 'taken_over', text: expect.stringContaining('ana reassigned One') },
      { kind: 'taken_over', text: expect.stringContaining('ana released One') },
    ]);
  });

  test('an approval is claimed only by people who may approve it', async () => {
    const { path } = await openStep('claimed_approval', { type: 'approval' });
    const carl = await person('carl', ['approver']);
    expect((await ben('POST', `${path}/claim`, {})).body.error).toMatchObject({ code: 'forbidden' });
    expect((await acme.as.viewer('POST', `${path}/claim`, { takeOver: true })).status).toBe(403);
    expect((await carl('POST', `${path}/claim`, {})).body.claimedBy.name).toBe('carl');
    // The page offers it only to them.
    expect((await ben('GET', path)).body).toMatchObject({ mayClaim: false, mayComplete: false });
    expect((await ana('GET', path)).body).toMatchObject({ mayClaim: true });
  });

  test('an approval is assigned only to those who could approve it', async () => {
    const { runId, path } = await openStep('assigned_approval', { type: 'approval' });
    const [carol, dirk] = await Promise.all([person('carol', ['approver']), person('dirk', ['approver'])]);
    for (const to of [{ user: mail('ben') }, { user: 'stranger@elsewhere.test' }]) {
      const refused = await carol('POST', `${path}/assign`, to);
      expect(refused.status).toBe(422);
      expect(refused.body.error.issues).toMatchObject([{ path: '/user', keyword: 'approver' }]);
    }
    for (const role of ['viewer', 'operator', 'tool_admin'])
      expect((await carol('POST', `${path}/assign`, { role })).body.error).toMatchObject({
        code: 'invalid_input',
        issues: [{ path: '/role' }],
      });
    expect((await carol('POST', `${path}/assign`, { user: mail('dirk') })).status).toBe(200);
    expect((await complete(carol, runId, 'one', { outcome: 'approved' })).status).toBe(403);
    // Back to everyone who may approve.
    expect((await dirk('POST', `${path}/assign`, { role: 'approver' })).status).toBe(200);
    expect((await complete(carol, runId, 'one', { outcome: 'approved' })).status).toBe(200);
  });

  test('an approval that names other people stays with them when it is reassigned', async () => {
    const { path } = await openStep('named_approval', {
      type: 'approval',
      assignee: { role: 'tool_admin' },
      approvers: [{ user: mail('ben') }],
    });
    const emil = await person('emil', ['tool_admin']);
    expect((await emil('POST', `${path}/assign`, { user: mail('ben') })).status).toBe(200);
    expect((await ben('POST', `${path}/assign`, { role: 'tool_admin' })).status).toBe(200);
    expect((await emil('POST', `${path}/assign`, { role: 'viewer' })).status).toBe(422);
  });
});
