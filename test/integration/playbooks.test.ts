import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

type Json = Record<string, unknown>;

describe('playbooks', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(async () => {
    await api?.close();
  });

  let counter = 0;
  const named = (more: Json = {}) => ({
    name: `playbook_${++counter}`,
    title: 'A playbook',
    steps: [{ id: 'check', type: 'manual', title: 'Check' }],
    ...more,
  });
  const create = async (document: Json, tenant = acme) => {
    const response = await tenant.as.tool_admin('POST', '/api/playbooks', document);
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body;
  };
  const publish = async (id: string, body: Json = {}, tenant = acme) => {
    const response = await tenant.as.tool_admin('POST', `/api/playbooks/${id}/publish`, body);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    return response.body;
  };
  const published = async (document: Json) => publish((await create(document)).id);
  const tool = async (more: Json = {}) => {
    const name = `tool_${++counter}`;
    const response = await acme.as.tool_admin('POST', '/api/tools', { name, type: 'dummy', ...more });
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body;
  };
  const call = (name: string, input: Json, more: Json = {}) => ({
    id: 'call',
    type: 'call_tool',
    title: 'Call it',
    tool: name,
    input,
    ...more,
  });
  const events = async (id: string) => {
    const { body } = await acme.as.viewer('GET', `/api/events?subjectType=playbook&subjectId=${id}`);
    return body.items.map((each: { type: string }) => each.type).toReversed();
  };

  test('a draft is created, changed, published, restored and archived, each with an event', async () => {
    const document = named();
    const draft = await create(document);
    expect(draft).toMatchObject({
      name: document.name,
      status: 'draft',
      version: null,
      document: null,
      draft: document,
      draftRevision: 1,
      issues: [],
      openRuns: 0,
    });
    expect((await acme.as.viewer('GET', `/api/playbooks/${draft.id}`)).body).toEqual(draft);

    const first = await publish(draft.id, { note: 'The first' });
    expect(first).toMatchObject({ status: 'published', version: 1, document, draft: null });

    const changed = { ...document, title: 'Another title' };
    const saved = await acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, changed);
    expect(saved.body).toMatchObject({ title: 'A playbook', document, draft: changed, version: 1 });
    expect(await publish(draft.id)).toMatchObject({ title: 'Another title', version: 2 });

    const { body: versions } = await acme.as.viewer('GET', `/api/playbooks/${draft.id}/versions`);
    expect(versions.items.map(({ version, current, note }: Json) => ({ version, current, note }))).toEqual([
      { version: 2, current: true, note: null },
      { version: 1, current: false, note: 'The first' },
    ]);
    const restored = await acme.as.tool_admin('POST', `/api/playbooks/${draft.id}/versions/1/restore`);
    expect(restored.body).toMatchObject({ document: changed, draft: document });

    expect((await acme.as.tool_admin('DELETE', `/api/playbooks/${draft.id}/draft`)).status).toBe(204);
    expect((await acme.as.viewer('GET', `/api/playbooks/${draft.id}`)).body.draft).toBeNull();
    expect((await acme.as.tool_admin('DELETE', `/api/playbooks/${draft.id}`)).status).toBe(204);
    expect((await acme.as.viewer('GET', `/api/playbooks/${draft.id}`)).status).toBe(404);
    expect((await acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, document)).status).toBe(404);
    expect(await events(draft.id)).toEqual([
      'PlaybookCreated',
      'PlaybookPublished',
      'PlaybookDraftSaved',
      'PlaybookPublished',
      'PlaybookDraftSaved',
      'PlaybookDraftSaved',
      'PlaybookArchived',
    ]);
    // The name is free again.
    await create(document);
  });

  test('an unfinished draft is stored with its issues and cannot be published', async () => {
    const draft = await create(
      named({ steps: [call('no_such_tool', {}), { id: 'b', type: 'manual', title: '' }] }),
    );
    expect(draft.issues.map(({ path }: { path: string }) => path)).toEqual([
      '/steps/1/title',
      '/steps/0/tool',
    ]);
    await acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, {
      ...draft.draft,
      steps: [call('no_such_tool', { a: '${{ steps.z.output }}' })],
    });
    const refused = await acme.as.tool_admin('POST', `/api/playbooks/${draft.id}/publish`, {});
    expect([refused.status, refused.body.error.code]).toEqual([422, 'invalid_definition']);
    expect(issuePaths(refused)).toEqual(['/steps/0/input/a', '/steps/0/tool']);
    expect((await acme.as.viewer('GET', `/api/playbooks/${draft.id}`)).body.version).toBeNull();
    expect(await events(draft.id)).not.toContain('PlaybookPublished');
  });

  test('checking a document reports its issues and stores nothing', async () => {
    const { body } = await acme.as.viewer('POST', '/api/playbooks/check', named({ steps: [] }));
    expect(body.issues.map(({ path }: { path: string }) => path)).toEqual(['/steps']);
  });

  test.each([
    ['without a name', { title: 'T' }, '/name'],
    ['without a title', { name: 'has_a_name' }, '/title'],
    ['that cannot be stored', { name: 'has_a_name', title: 'T', description: '\0' }, '/description'],
  ])('a draft %s is refused', async (_, document, path) => {
    const response = await acme.as.tool_admin('POST', '/api/playbooks', document);
    expect(response.status).toBe(422);
    expect(issuePaths(response)).toContain(path);
  });

  test('a draft of more than 1 MiB is refused', async () => {
    const document = { name: 'has_a_name', title: 'T', description: 'x'.repeat(1_050_000) };
    const response = await acme.as.tool_admin('POST', '/api/playbooks', document);
    expect([response.status, response.body.error.code]).toEqual([413, 'payload_too_large']);
  });

  test('a name is unique in a tenant, and fixed once published', async () => {
    const document = named();
    const own = await published(document);
    const taken = await acme.as.tool_admin('POST', '/api/playbooks', document);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'already_exists']);
    await create(document, globex);

    const renamed = await acme.as.tool_admin('PUT', `/api/playbooks/${own.id}`, named());
    expect([renamed.status, renamed.body.error.issues[0].path]).toEqual([422, '/name']);
    const draft = await create(named());
    const other = await acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, document);
    expect([other.status, other.body.error.code]).toEqual([409, 'already_exists']);
    const free = named();
    expect((await acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, free)).body.name).toBe(free.name);
  });

  test('saving or publishing over a draft that has changed is a conflict', async () => {
    const draft = await create(named());
    const save = (revision: number) =>
      acme.as.tool_admin('PUT', `/api/playbooks/${draft.id}`, draft.draft, {
        'x-draft-revision': String(revision),
      });
    const responses = await Promise.all([save(1), save(1)]);
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const stale = await acme.as.tool_admin('POST', `/api/playbooks/${draft.id}/publish`, {
      draftRevision: 1,
    });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'conflict']);
    await publish(draft.id, { draftRevision: 2 });
  });

  test('one of two concurrent publishes succeeds, and without a draft none does', async () => {
    const draft = await create(named());
    const send = () => acme.as.tool_admin('POST', `/api/playbooks/${draft.id}/publish`, {});
    const responses = await Promise.all([send(), send()]);
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { body } = await acme.as.viewer('GET', `/api/playbooks/${draft.id}/versions`);
    expect(body.items).toHaveLength(1);
    expect((await acme.as.viewer('GET', `/api/playbooks/${draft.id}/publish-plan`)).status).toBe(409);
  });

  test('the draft of a playbook that was never published cannot be discarded', async () => {
    const draft = await create(named());
    expect((await acme.as.tool_admin('DELETE', `/api/playbooks/${draft.id}/draft`)).status).toBe(409);
  });

  test('the playbooks of another tenant are not found', async () => {
    const own = await published(named());
    const { as } = globex;
    for (const [method, path, body] of [
      ['GET', ''],
      ['PUT', '', named()],
      ['DELETE', ''],
      ['DELETE', '/draft'],
      ['GET', '/publish-plan'],
      ['POST', '/publish', {}],
      ['GET', '/versions'],
      ['POST', '/versions/1/restore'],
    ] as const) {
      const response = await as.tenant_admin(method, `/api/playbooks/${own.id}${path}`, body);
      expect([path, method, response.status]).toEqual([path, method, 404]);
    }
    const { body } = await as.viewer('GET', `/api/playbooks?q=${own.name}`);
    expect(body.items).toEqual([]);
    // A playbook of that tenant cannot run it either.
    const sub = await create(
      named({ steps: [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: own.name }] }),
      globex,
    );
    expect(sub.issues.map(({ path }: { path: string }) => path)).toEqual(['/steps/0/playbook']);
  });

  test('only tool admins write playbooks, and everyone in the tenant reads them', async () => {
    const own = await published(named());
    for (const role of ['viewer', 'operator', 'approver'] as const) {
      const call = acme.as[role];
      expect((await call('GET', `/api/playbooks/${own.id}`)).status).toBe(200);
      expect((await call('POST', '/api/playbooks/check', named())).status).toBe(200);
      expect((await call('POST', '/api/playbooks', named())).status).toBe(403);
      expect((await call('PUT', `/api/playbooks/${own.id}`, own.document)).status).toBe(403);
      expect((await call('POST', `/api/playbooks/${own.id}/publish`, {})).status).toBe(403);
      expect((await call('DELETE', `/api/playbooks/${own.id}`)).status).toBe(403);
    }
    expect((await api.call(null)('GET', `/api/playbooks/${own.id}`)).status).toBe(401);
  });

  test('the list is filtered, searched and paged by name', async () => {
    const tenant = await api.tenant();
    const documents = ['b_one', 'a_one', 'c_two'].map((name) => named({ name, title: `Title of ${name}` }));
    for (const document of documents) await create(document, tenant);
    const list = async (query: string) =>
      (await tenant.as.viewer('GET', `/api/playbooks?${query}`)).body as {
        items: Json[];
        nextCursor: string | null;
      };
    const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
    const first = await list('limit=2');
    expect(first.items.map(({ name }) => name)).toEqual(['a_one', 'b_one']);
    expect(await names(`limit=2&cursor=${first.nextCursor}`)).toEqual(['c_two']);
    expect(await names('q=_one')).toEqual(['a_one', 'b_one']);
    await publish(String(first.items[0]!.id), {}, tenant);
    expect(await names('status=published')).toEqual(['a_one']);
    expect(await names('status=draft')).toEqual(['b_one', 'c_two']);
    expect((await list('status=published')).items[0]).toMatchObject({
      status: 'published',
      version: 1,
      hasDraft: false,
      steps: 1,
      openRuns: 0,
      runs30d: 0,
    });
  });

  test('an exception is offered the published playbooks whose triggers match', async () => {
    const tenant = await api.tenant();
    const offer = async (name: string, triggers: Json[] | undefined, publishIt = true) => {
      const { id } = await create(named({ name, ...(triggers ? { triggers } : {}) }), tenant);
      if (publishIt) await publish(id, {}, tenant);
    };
    await offer('by_domain', [{ domain: 'payments' }]);
    await offer('by_severity', [{ domain: 'other' }, { severities: ['high', 'critical'] }]);
    await offer('by_condition', [{ when: "exception.attributes.code = 'declined'" }]);
    await offer('by_broken', [{ when: 'exception.attributes.code + 1 > 2' }]);
    await offer('elsewhere', [{ domain: 'shipping' }, { domain: 'payments', severities: ['low'] }]);
    await offer('for_none', undefined);
    await offer('a_draft', [{ domain: 'payments' }], false);
    const { body: exception } = await tenant.as.operator('POST', '/api/exceptions', {
      title: 'Declined',
      domain: 'payments',
      severity: 'high',
      attributes: { code: 'declined' },
    });
    const fitting = async (query: string) =>
      (await tenant.as.viewer('GET', `/api/playbooks?exceptionId=${exception.id}${query}`)).body;
    const first = await fitting('&limit=2');
    expect(first.items.map(({ name }: Json) => name)).toEqual(['by_condition', 'by_domain']);
    const rest = await fitting(`&limit=2&cursor=${first.nextCursor}`);
    expect(rest.items.map(({ name }: Json) => name)).toEqual(['by_severity']);
    expect(rest.nextCursor).toBeNull();
    const foreign = await acme.as.viewer('GET', `/api/playbooks?exceptionId=${exception.id}`);
    expect(foreign.status).toBe(404);
  });

  test('the publish plan lists the changes, the problems, and the runs that stay on their version', async () => {
    const document = named();
    const own = await published(document);
    const started = await acme.as.operator('POST', '/api/playbook-runs', { playbookId: own.id });
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    const after = {
      ...document,
      steps: [
        ...document.steps,
        { id: 'more', type: 'manual', title: 'More', when: 'steps.nope.outcome = 1' },
      ],
    };
    await acme.as.tool_admin('PUT', `/api/playbooks/${own.id}`, after);
    const { body: plan } = await acme.as.viewer('GET', `/api/playbooks/${own.id}/publish-plan`);
    expect(plan).toMatchObject({
      fromVersion: 1,
      toVersion: 2,
      before: document,
      after,
      changes: [{ kind: 'added', path: '/steps/1', stepId: 'more', message: 'More added' }],
      issues: [{ path: '/steps/1/when' }],
      runs: [{ id: started.body.id, version: 1 }],
    });
    expect((await acme.as.viewer('GET', `/api/playbooks/${own.id}`)).body.openRuns).toBe(1);
  });

  test('a playbook can run another one, but two cannot run each other', async () => {
    const inner = await published(named());
    const subOf = (name: string) => [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: name }];
    const outer = await published(named({ steps: subOf(inner.name) }));
    const { body } = await acme.as.tool_admin('PUT', `/api/playbooks/${inner.id}`, {
      ...inner.document,
      steps: subOf(outer.name),
    });
    expect(body.issues).toMatchObject([{ path: '/steps/0/playbook', keyword: 'cycle' }]);
  });

  test('a tool that is archived, disabled or changed is an issue of the playbooks that call it', async () => {
    const own = await tool();
    const draft = await create(named({ steps: [call(own.name, {})] }));
    const issues = async () =>
      (await acme.as.viewer('GET', `/api/playbooks/${draft.id}`)).body.issues.map(
        ({ message }: { message: string }) => message,
      );
    expect(await issues()).toEqual([]);
    await acme.as.tool_admin('PUT', `/api/tools/${own.id}/enabled`, { enabled: false });
    expect(await issues()).toEqual([`${own.name} is disabled for this organization`]);
    await acme.as.tool_admin('PUT', `/api/tools/${own.id}/enabled`, { enabled: true });
    await acme.as.tool_admin('PUT', `/api/tools/${own.id}`, {
      name: own.name,
      type: 'dummy',
      inputSchema: { type: 'object', required: ['key'] },
    });
    expect(await issues()).toEqual(['key is required']);
    await acme.as.tool_admin('DELETE', `/api/tools/${own.id}`);
    expect(await issues()).toEqual([`The tool ${own.name} is archived: choose another one`]);
  });

  test('a dry run with an exception shows no secret, calls nothing and stores nothing', async () => {
    const own = await tool({
      inputSchema: {
        type: 'object',
        properties: { pin: { type: 'string', writeOnly: true }, amount: { type: 'number' } },
      },
    });
    const { body: exception } = await acme.as.operator('POST', '/api/exceptions', {
      title: 'Declined',
      attributes: { amount: 'twelve' },
    });
    const document = named({
      steps: [call(own.name, { pin: '1234', amount: '${{ exception.attributes.amount }}' })],
    });
    const response = await acme.as.tool_admin('POST', '/api/playbooks/dry-run', {
      document,
      exceptionId: exception.id,
    });
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    expect(response.body.steps).toMatchObject([
      {
        stepId: 'call',
        result: 'would_wait',
        input: { pin: '[redacted]', amount: 'twelve' },
        issues: [{ path: '/amount', message: 'amount must be a number' }],
      },
    ]);
    expect((await acme.as.viewer('GET', `/api/tools/executions?toolId=${own.id}`)).body.items).toEqual([]);
    const foreign = await globex.as.tool_admin('POST', '/api/playbooks/dry-run', {
      document,
      exceptionId: exception.id,
    });
    expect(foreign.status).toBe(404);
    const shapeless = await acme.as.tool_admin('POST', '/api/playbooks/dry-run', { document: {} });
    expect([shapeless.status, shapeless.body.error.code]).toEqual([422, 'invalid_definition']);
  });

  describe('the blast radius of a new version of a tool', () => {
    const inputSchema = {
      type: 'object',
      properties: { amount: { type: 'number' }, pin: { type: 'string', writeOnly: true } },
    };
    const outputSchema = { type: 'object', properties: { id: { type: 'string' }, old: { type: 'string' } } };
    const radius = async (own: Json, definition: Json, tenant = acme) =>
      tenant.as.tool_admin('POST', `/api/tools/${own.id}/blast-radius`, {
        name: own.name,
        type: 'dummy',
        inputSchema,
        outputSchema,
        ...definition,
      });

    test('the blast radius of a version that only allows more is empty', async () => {
      const own = await tool({ inputSchema, outputSchema });
      await published(named({ steps: [call(own.name, { amount: 1 })] }));
      const { status, body } = await radius(own, { title: 'Another title' });
      expect([status, body]).toEqual([
        200,
        { playbooks: [], waitingSteps: [], storedInputs: { checked: 0, failing: [] } },
      ]);
    });

    test('the blast radius has published playbooks and drafts that call the tool or use its output, but not those that pin a version', async () => {
      const own = await tool({ inputSchema, outputSchema });
      const uses = { id: 'after', type: 'manual', title: 'After', when: "steps.call.output.old = 'x'" };
      const live = await published(named({ steps: [call(own.name, { amount: 1 }), uses] }));
      const draft = await create(named({ steps: [call(own.name, { amount: 2 })] }));
      const broken = await create(named({ steps: [call(own.name, { amount: 'x' })] }));
      await published(named({ steps: [call(own.name, { amount: 1 }, { version: 1 })] }));
      const { body } = await radius(own, {
        inputSchema: { ...inputSchema, required: ['key'] },
        outputSchema: { type: 'object', properties: { id: { type: 'string' } } },
      });
      const found = body.playbooks.map(({ playbookId, version, stepId, issues }: Json) => ({
        playbookId,
        version,
        stepId,
        messages: (issues as { message: string }[]).map(({ message }) => message),
      }));
      const missing = { stepId: 'call', messages: ['key is required'] };
      expect(found).toHaveLength(4);
      expect(found).toEqual(
        expect.arrayContaining([
          { playbookId: live.id, version: 1, ...missing },
          {
            playbookId: live.id,
            version: 1,
            stepId: 'after',
            messages: ['steps.call.output has no old: only id'],
          },
          { playbookId: draft.id, version: null, ...missing },
          // Its invalid amount is not a new problem.
          { playbookId: broken.id, version: null, ...missing },
        ]),
      );
    });

    test('the blast radius has waiting steps and stored inputs that the version would refuse', async () => {
      const own = await tool({ inputSchema, outputSchema });
      for (const amount of [1, 20]) {
        const execution = await acme.as.operator('POST', `/api/tools/${own.id}/execute`, {
          payload: { amount, pin: '1234' },
        });
        expect(execution.status).toBe(200);
      }
      const playbook = await published(named({ steps: [call(own.name, { amount: 3 })] }));
      const started = await acme.as.operator('POST', '/api/playbook-runs', { playbookId: playbook.id });
      await eventually(async () => {
        const { body } = await acme.as.viewer('GET', `/api/playbook-runs/${started.body.id}`);
        return body.steps[0].status === 'waiting';
      });
      const { body } = await radius(own, {
        inputSchema: {
          type: 'object',
          properties: { amount: { type: 'number', minimum: 10 }, pin: { type: 'string', maxLength: 4 } },
        },
      });
      expect(body.waitingSteps).toMatchObject([
        { runId: started.body.id, stepId: 'call', title: 'Call it', issues: [{ path: '/amount' }] },
      ]);
      expect(body.storedInputs.checked).toBe(2);
      // The pin is redacted, so it is not checked.
      expect(body.storedInputs.failing).toMatchObject([
        { issues: [{ path: '/amount', message: 'amount must be at least 10' }] },
      ]);
    });

    test('the blast radius is refused for an invalid definition and for a tool of another tenant', async () => {
      const own = await tool({ inputSchema });
      expect((await radius(own, { inputSchema: { type: 'nonsense' } })).status).toBe(422);
      expect((await radius(own, {}, globex)).status).toBe(404);
      const viewer = await acme.as.viewer('POST', `/api/tools/${own.id}/blast-radius`, {});
      expect(viewer.status).toBe(403);
    });
  });
});
