import { describe, expect, it } from 'vitest';
import {
  covers,
  decide,
  type Finding,
  isAbout,
  type Policy,
  unmetByCaller,
} from '../../../shared/policies/decide.ts';
import { type PolicyDocumentInput, policyDocumentSchema } from '../../../shared/policies/policy-schemas.ts';
import { summaryOf } from '../../../shared/policies/policy-words.ts';

const policy = (id: string, document: PolicyDocumentInput): Policy => ({
  ...policyDocumentSchema.parse(document),
  id,
  name: document.name ?? id,
});
const concerning = (id: string, document: PolicyDocumentInput): Finding => ({
  policy: policy(id, document),
  unmet: null,
});
const at = new Date('2026-03-04T10:00:00Z');

describe('a decision', () => {
  it('is to allow the call when no policy concerns it', () => {
    expect(decide([])).toMatchObject({ effect: 'allow', policyId: null });
    const other: Finding = { policy: policy('a', { effect: 'deny' }), unmet: 'when' };
    expect(decide([other])).toMatchObject({ effect: 'allow', policyId: null });
  });

  it('is to deny it when one policy denies it, whatever the others say', () => {
    const findings = [
      concerning('allow', { effect: 'allow' }),
      concerning('ask', { effect: 'require_approval' }),
      concerning('deny', { effect: 'deny' }),
    ];
    for (const order of [findings, findings.toReversed()])
      expect(decide(order)).toMatchObject({ effect: 'deny', policyId: 'deny', approval: null });
  });

  it('requires approval although another policy allows the call', () => {
    const decision = decide([
      concerning('allow', { effect: 'allow' }),
      concerning('ask', { effect: 'require_approval' }),
    ]);
    expect(decision).toMatchObject({
      effect: 'require_approval',
      policyId: 'ask',
      approval: { required: 1, roles: ['approver'], fourEyes: true, expiresInMs: 86_400_000 },
    });
  });

  it('joins the demands of several policies, so that none of them is passed over', () => {
    const decision = decide([
      concerning('one', {
        effect: 'require_approval',
        approval: { required: 1, roles: ['tenant_admin'], expiresIn: 'PT1H' },
      }),
      concerning('two', {
        effect: 'require_approval',
        approval: { required: 2, roles: ['approver'], fourEyes: false },
      }),
    ]);
    expect(decision).toMatchObject({
      policyId: 'two',
      approval: { required: 2, roles: ['tenant_admin'], fourEyes: true, expiresInMs: 3_600_000 },
    });
  });

  it('denies what no policy concerns once an allow policy is about the tool, and says which and why', () => {
    const allow = policy('small', { effect: 'allow', when: 'amount <= 500', name: 'Small refunds' });
    const decision = decide([{ policy: allow, unmet: 'when' }]);
    expect(decision).toMatchObject({ effect: 'deny', policyId: 'small' });
    expect(decision.reason).toContain('Small refunds');
    const asked = decide([
      { policy: allow, unmet: 'when' },
      concerning('ask', { effect: 'require_approval' }),
    ]);
    expect(asked.effect).toBe('require_approval');
  });

  it('refuses the call when a condition cannot be evaluated, whatever the effect of its policy', () => {
    for (const effect of ['allow', 'deny', 'require_approval'] as const) {
      const failed = { policy: policy('bad', { effect, when: 'x' }), unmet: null, problem: 'failed' };
      expect(decide([concerning('allow', { effect: 'allow' }), failed])).toMatchObject({
        effect: 'deny',
        policyId: 'bad',
      });
    }
  });
});

describe('whom a policy concerns', () => {
  it('lets roles that include a named one run what it allows, and denies only those who hold it', () => {
    const unmet = (effect: 'allow' | 'deny' | 'require_approval', held: 'operator' | 'tenant_admin') =>
      unmetByCaller(policy('p', { effect, roles: ['operator'] }), { roles: [held], at });
    expect(unmet('allow', 'operator')).toBeNull();
    expect(unmet('allow', 'tenant_admin')).toBeNull();
    expect(unmet('deny', 'operator')).toBeNull();
    expect(unmet('deny', 'tenant_admin')).toBe('roles');
    expect(unmet('require_approval', 'tenant_admin')).toBe('roles');
  });

  it('restricts and does not permit where the roles are not known', () => {
    const unknown = { roles: null, at };
    expect(unmetByCaller(policy('p', { effect: 'allow', roles: ['operator'] }), unknown)).toBe('roles');
    expect(unmetByCaller(policy('p', { effect: 'deny', roles: ['operator'] }), unknown)).toBeNull();
  });

  it('is about the tools that meet the whole selector', () => {
    const tool = { toolId: 't', connectorId: 'c', definition: { category: 'payments', tags: ['money'] } };
    expect(isAbout({}, tool)).toBe(true);
    expect(isAbout({ tag: 'money', category: 'payments', connectorId: 'c', id: 't' }, tool)).toBe(true);
    expect(isAbout({ tag: 'money', category: 'orders' }, tool)).toBe(false);
    expect(isAbout({ connectorId: 'c' }, { ...tool, connectorId: null })).toBe(false);
  });
});

describe('hours', () => {
  const unmet = (hours: NonNullable<PolicyDocumentInput['hours']>, time: string) =>
    unmetByCaller(policy('p', { effect: 'deny', hours }), { roles: [], at: new Date(time) });
  const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' } as const;
  const berlin = { ...office, days: [...office.days], timeZone: 'Europe/Berlin' };

  it('follow the clock of the time zone through daylight saving time', () => {
    // Friday in winter (UTC+1), Monday in summer (UTC+2): the clocks change on 29 March 2026.
    expect(unmet(berlin, '2026-03-27T07:59:00Z')).toBe('hours');
    expect(unmet(berlin, '2026-03-27T08:00:00Z')).toBeNull();
    expect(unmet(berlin, '2026-03-30T06:59:00Z')).toBe('hours');
    expect(unmet(berlin, '2026-03-30T07:00:00Z')).toBeNull();
    expect(unmet(berlin, '2026-03-30T14:59:00Z')).toBeNull();
    expect(unmet(berlin, '2026-03-30T15:00:00Z')).toBe('hours');
    expect(unmet(berlin, '2026-03-28T10:00:00Z')).toBe('hours');
  });

  it('hold for both passes of an hour that the clock repeats, and for none that it skips', () => {
    const night = { from: '02:30', to: '02:45', timeZone: 'Europe/Berlin' };
    expect(unmet(night, '2026-10-25T00:35:00Z')).toBeNull();
    expect(unmet(night, '2026-10-25T01:35:00Z')).toBeNull();
    expect(unmet(night, '2026-03-29T00:35:00Z')).toBe('hours');
    expect(unmet(night, '2026-03-29T01:35:00Z')).toBe('hours');
  });

  it('that pass midnight belong to the day on which they begin', () => {
    const friday = { days: ['fri' as const], from: '22:00', to: '06:00', timeZone: 'UTC' };
    expect(unmet(friday, '2026-03-06T23:00:00Z')).toBeNull();
    expect(unmet(friday, '2026-03-07T05:59:00Z')).toBeNull();
    expect(unmet(friday, '2026-03-07T06:00:00Z')).toBe('hours');
    expect(unmet(friday, '2026-03-06T05:00:00Z')).toBe('hours');
    expect(unmet({ days: ['fri'], timeZone: 'UTC' }, '2026-03-06T00:00:00Z')).toBeNull();
    expect(unmet({ days: ['fri'], timeZone: 'UTC' }, '2026-03-07T00:00:00Z')).toBe('hours');
  });

  it('are refused with a time zone that does not exist', () => {
    expect(policyDocumentSchema.safeParse({ effect: 'deny', hours: { timeZone: 'Mars/Base' } }).success).toBe(
      false,
    );
  });
});

it('says in words what it concerns', () => {
  const names = { tool: (id: string) => (id === 't' ? 'refund_payment' : null), connector: () => null };
  const words = (document: PolicyDocumentInput) => summaryOf(policyDocumentSchema.parse(document), names);
  expect(words({ effect: 'require_approval', tools: { id: 't' }, when: 'amount > 500' })).toBe(
    'Require approval of refund_payment when amount > 500',
  );
  expect(
    words({
      effect: 'allow',
      tools: { tag: 'finance' },
      roles: ['operator', 'approver'],
      hours: { days: ['mon', 'tue', 'wed'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' },
      rate: { limit: 5, per: 'hour' },
    }),
  ).toBe(
    'Allow tools with the tag finance for operators and approvers on Mon–Wed from 09:00 to 17:00 (Europe/Berlin) at most 5 per hour',
  );
  expect(words({ effect: 'deny' })).toBe('Deny every tool');
});

it('counts an approval only where it meets the demand', () => {
  const demand = { required: 1, roles: ['approver' as const], fourEyes: true, expiresInMs: 1 };
  expect(covers(demand, demand)).toBe(true);
  expect(covers({ ...demand, roles: ['tenant_admin'] }, demand)).toBe(true);
  expect(covers(demand, { ...demand, required: 2 })).toBe(false);
  expect(covers({ ...demand, fourEyes: false }, demand)).toBe(false);
  expect(covers(demand, { ...demand, roles: ['tenant_admin'] })).toBe(false);
});
