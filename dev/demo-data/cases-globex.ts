import type { DemoCase } from './demo-case.ts';
import { type DemoRecords, pick } from './demo-records.ts';

/** What happens at Globex Freight, oldest first. */
export function globexCases(records: DemoRecords): DemoCase[] {
  const shipment = (index: number, status: string) =>
    pick(records.shipments, (each) => each.status === status, index);
  const about = ({ id, reference, carrier, destination }: ReturnType<typeof shipment>) => ({
    shipmentId: id,
    reference,
    carrier,
    destination: `${destination.city}, ${destination.country}`,
    lastSeen: 'Venlo',
  });

  return [
    {
      key: 'globex-delivered-late',
      by: 'hugo',
      exception: {
        title: 'Pallet two days late for Lyon',
        domain: 'shipping',
        severity: 'medium',
        assignee: 'hugo@globex.test',
        attributes: about(shipment(4, 'in_transit')),
      },
      async play(actions) {
        const run = await actions.start('hugo', 'stuck_shipment');
        await run.complete('hugo', 'lookup');
        await run.send('hugo', 'carrier_word', 'carrier.update', {
          shipmentId: shipment(4, 'in_transit').id,
          status: 'moving',
          place: 'Lyon',
        });
        await run.complete('hugo', 'consignee', { input: { channel: 'phone' } });
        await run.ends();
        await actions.resolve(
          'hugo',
          'fixed',
          'The carrier found it at the depot; delivered tomorrow morning.',
        );
      },
    },
    {
      key: 'globex-no-scan',
      by: 'globexKey',
      exception: {
        title: 'No scan for two days',
        domain: 'shipping',
        severity: 'high',
        assignee: 'hugo@globex.test',
        source: 'tracking',
        dueInHours: -4,
        attributes: about(shipment(1, 'held')),
      },
      async play(actions) {
        await actions.begin('hugo');
        const run = await actions.start('hugo', 'stuck_shipment');
        await run.complete('hugo', 'lookup');
        await run.waits('carrier_word');
        await actions.comment('hugo', 'Wrote to the carrier at 9:30. They usually reply within a day.');
      },
    },
    {
      key: 'globex-reroute',
      by: 'globexKey',
      exception: {
        title: 'Consignee has moved, parcel is on its way',
        domain: 'shipping',
        severity: 'medium',
        source: 'tracking',
        dueInHours: 2,
        attributes: about(shipment(2, 'in_transit')),
      },
      async play(actions) {
        await actions.begin('hugo');
        const run = await actions.start('grace', 'stuck_shipment');
        await run.complete('hugo', 'lookup');
        await run.send('globexKey', 'carrier_word', 'carrier.update', {
          shipmentId: shipment(2, 'in_transit').id,
          status: 'held',
          place: 'Venlo',
        });
        await run.complete('hugo', 'address', {
          input: { line: 'Noorderlaan 111', city: 'Antwerp', postalCode: '2030', country: 'BE' },
        });
        await run.waits('rebook');
      },
    },
    {
      key: 'globex-lost',
      by: 'hugo',
      exception: {
        title: 'Carrier reports a lost pallet',
        description: 'Machine parts, insured. The consignee’s production stops on Thursday.',
        domain: 'shipping',
        severity: 'critical',
        assignee: 'grace@globex.test',
        dueInHours: 6,
        attributes: about(shipment(0, 'lost')),
      },
      async play(actions) {
        await actions.begin('hugo');
        const run = await actions.start('hugo', 'stuck_shipment');
        await run.complete('hugo', 'lookup');
        await run.send('hugo', 'carrier_word', 'carrier.update', {
          shipmentId: shipment(0, 'lost').id,
          status: 'lost',
        });
        const claim = await run.inside('claim');
        await claim.complete('hugo', 'papers', {
          input: { value: 8400, note: 'Invoice and note attached.' },
        });
        await claim.waits('agree');
        await actions.comment(
          'grace',
          '@[ida@globex.test], this one is above the limit: it needs your approval.',
        );
      },
    },
    {
      key: 'globex-fresh',
      by: 'globexKey',
      exception: {
        title: 'Shipment is held at customs',
        domain: 'shipping',
        severity: 'high',
        source: 'tracking',
        dueInHours: 9,
        attributes: about(shipment(1, 'out_for_delivery')),
      },
      play: async (actions) => (await actions.start('hugo', 'stuck_shipment')).waits('lookup'),
    },
    {
      key: 'globex-cancelled',
      by: 'globexKey',
      exception: {
        title: 'Late scan, parcel already delivered',
        domain: 'shipping',
        severity: 'low',
        source: 'tracking',
        attributes: about(shipment(0, 'delivered')),
      },
      async play(actions) {
        const run = await actions.start('hugo', 'stuck_shipment');
        await run.complete('hugo', 'lookup');
        await run.waits('carrier_word');
        await run.cancel('hugo', 'It was delivered on Tuesday; the scan came late.');
        await actions.resolve('hugo', 'not_a_problem', 'Delivered on Tuesday.');
      },
    },
    {
      key: 'globex-label-printer',
      by: 'globexKey',
      exception: {
        title: 'No labels come out in Rotterdam',
        domain: 'monitoring',
        severity: 'critical',
        assignee: 'hugo@globex.test',
        source: 'probe',
        dueInHours: 1,
        attributes: { service: 'label_printer', check: 'print queue', errorRate: 1 },
      },
      async play(actions) {
        await actions.begin('hugo');
        const run = await actions.start('hugo', 'service_alert');
        await run.complete('hugo', 'look');
        await run.complete('hugo', 'triage', { outcome: 'real' });
        await run.complete('hugo', 'restart');
        await run.complete('grace', 'status_page', {
          input: {
            message: 'Labels are printed again. Parcels of this morning leave with the evening tour.',
          },
        });
        await run.waits('settle');
      },
    },
    {
      key: 'globex-tracking-feed',
      by: 'globexKey',
      exception: {
        title: 'Tracking responds slowly',
        domain: 'monitoring',
        severity: 'low',
        source: 'probe',
        dueInHours: 48,
        attributes: { service: 'tracking_feed', check: 'latency', errorRate: 0.31 },
      },
      play: (actions) => actions.linkTo('hugo', 'related', 'globex-no-scan'),
    },
  ];
}
