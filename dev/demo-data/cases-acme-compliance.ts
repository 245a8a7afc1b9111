import type { CaseActions } from './case-actions.ts';
import type { DemoCase } from './demo-case.ts';
import type { DemoRecords } from './demo-records.ts';

/** Possible matches with sanctions lists at Acme Pay, oldest first. */
export function complianceCases(records: DemoRecords): DemoCase[] {
  const hit = (index: number, customerName: string, listedName: string, matchScore: number) => ({
    customerId: records.customerIds[index % records.customerIds.length],
    customerName,
    listedName,
    list: index % 2 ? 'OFAC SDN' : 'EU consolidated',
    matchScore,
    amountHeld: 1180 + index * 315,
  });
  const reviewed = async (actions: CaseActions, finding: string, evidence: string) => {
    const run = await actions.start('ben', 'sanction_hit');
    await run.complete('ben', 'review', { input: { finding, evidence } });
    await run.waits('release_approval');
    return run;
  };

  return [
    {
      key: 'acme-hit-review',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Tomás Herrera',
        domain: 'compliance',
        severity: 'high',
        assignee: 'ben@acme.test',
        source: 'screening',
        dueInHours: 4,
        attributes: hit(3, 'Tomás Herrera', 'Tomas HERRERA LARA', 0.81),
      },
      play: async (actions) => (await actions.start('ana', 'sanction_hit')).waits('review'),
    },
    {
      key: 'acme-hit-first-approver',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Petra Novák',
        description: 'Payouts have been held since this morning; the customer has asked twice.',
        domain: 'compliance',
        severity: 'critical',
        assignee: 'carla@acme.test',
        source: 'screening',
        dueInHours: -1,
        attributes: hit(10, 'Petra Novák', 'Petra NOVAKOVA', 0.74),
      },
      async play(actions) {
        await actions.begin('ben');
        const run = await reviewed(
          actions,
          'other_person',
          'Date of birth differs by 11 years, passport number differs.',
        );
        await run.complete('carla', 'release_approval', { outcome: 'approved' });
        await actions.comment(
          'ben',
          'Carla has looked at both passports herself. One more approval, please.',
        );
      },
    },
    {
      key: 'acme-hit-two-missing',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Mikael Korhonen',
        domain: 'compliance',
        severity: 'medium',
        source: 'screening',
        dueInHours: 7,
        attributes: hit(11, 'Mikael Korhonen', 'Mihail KORHONEN', 0.66),
      },
      play: (actions) =>
        reviewed(actions, 'unclear', 'Same year of birth; the list names no country. Score is low.'),
    },
    {
      key: 'acme-hit-released',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Giulia Romano',
        domain: 'compliance',
        severity: 'high',
        source: 'screening',
        attributes: hit(6, 'Giulia Romano', 'Julia ROMANOVA', 0.71),
      },
      async play(actions) {
        const run = await reviewed(
          actions,
          'other_person',
          'Another country, another date of birth, another face.',
        );
        await run.complete('carla', 'release_approval', { outcome: 'approved' });
        await run.complete('dana', 'release_approval', { outcome: 'approved' });
        await run.complete('ben', 'release');
        await run.ends();
        await actions.resolve('ana', 'not_a_problem', 'Not the same person; payouts go out again.');
      },
    },
    {
      key: 'acme-hit-blocked',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: match for Sean O’Connell',
        domain: 'compliance',
        severity: 'critical',
        source: 'screening',
        attributes: hit(8, 'Sean O’Connell', 'Sean O’CONNELL', 0.97),
      },
      async play(actions) {
        const run = await reviewed(
          actions,
          'same_person',
          'Date of birth, country and passport number agree.',
        );
        await run.complete('dana', 'release_approval', {
          outcome: 'rejected',
          reason: 'All three identifiers agree. Reported to the authority.',
        });
        await run.complete('ben', 'block');
        await run.ends();
        await actions.resolve('ana', 'fixed', 'Blocked and reported.');
      },
    },
  ];
}
