import { newId, seededRandom } from './ids.ts';
import type { DemoState, Payment, Service, Shipment } from './records.ts';

const people = [
  ['Marta Kowalska', 'PL'],
  ['Jonas Lindqvist', 'SE'],
  ['Amélie Fournier', 'FR'],
  ['Tomás Herrera', 'ES'],
  ['Priya Nair', 'GB'],
  ['Lukas Brandt', 'DE'],
  ['Giulia Romano', 'IT'],
  ['Noor de Vries', 'NL'],
  ['Sean O’Connell', 'IE'],
  ['Ines Carvalho', 'PT'],
  ['Petra Novák', 'CZ'],
  ['Mikael Korhonen', 'FI'],
] as const;
const cities = [
  ['Rotterdam', '3011 AD', 'NL', 'Wijnhaven 12'],
  ['Hamburg', '20457', 'DE', 'Am Sandtorkai 48'],
  ['Lyon', '69002', 'FR', '7 Rue Mercière'],
  ['Gdańsk', '80-831', 'PL', 'Długa 21'],
  ['Valencia', '46002', 'ES', 'Carrer de Xàtiva 9'],
  ['Bologna', '40121', 'IT', 'Via Galliera 30'],
  ['Malmö', '211 20', 'SE', 'Södergatan 5'],
  ['Cork', 'T12 W8PR', 'IE', '18 South Mall'],
] as const;
const failures = ['insufficient_funds', 'card_expired', 'do_not_honor', 'mandate_revoked'];
const course: readonly Shipment['status'][] = [
  'in_transit',
  'out_for_delivery',
  'delivered',
  'in_transit',
  'held',
  'label_created',
  'in_transit',
  'delivered',
  'lost',
];
const day = 86_400_000;

/** The records of a small business. The ids are the same on every machine, the times are recent. */
export function seedState(now: number = Date.now()): DemoState {
  const random = seededRandom(20_261_101);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const ago = (days: number) => new Date(now - days * day - random(day)).toISOString();

  const customers = people.map(([name, country]) => ({
    id: newId('cus', random),
    name,
    email: `${name
      .split(' ')[0]
      ?.normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase()}@customers.test`,
    iban: `${country}${10 + random(89)}DEMO${String(random(1_000_000_000)).padStart(10, '0')}`,
    country,
    createdAt: ago(200),
  }));
  const accounts: DemoState['accounts'] = [
    {
      id: 'acc_eur8kq2mtz',
      name: 'Acme Pay, settlement EUR',
      currency: 'EUR',
      balance: 184_220.75,
      status: 'active',
    },
    {
      id: 'acc_gbp4wn7xrc',
      name: 'Acme Pay, settlement GBP',
      currency: 'GBP',
      balance: 52_904.1,
      status: 'active',
    },
    { id: 'acc_sek9yp3vhd', name: 'Acme Pay, Nordics', currency: 'SEK', balance: 611_380, status: 'frozen' },
  ];
  const payments = Array.from({ length: 36 }, (_, index): Payment => {
    const account = accounts[index % 5 === 4 ? 2 : index % 3 === 2 ? 1 : 0] ?? accounts[0]!;
    const status = index % 7 === 5 ? 'failed' : index % 9 === 7 ? 'pending' : 'succeeded';
    const method = pick(['card', 'card', 'sepa_debit', 'transfer'] as const);
    return {
      id: newId('pay', random),
      accountId: account.id,
      customerId: pick(customers).id,
      amount: (1500 + random(48_000)) / 100,
      currency: account.currency,
      status,
      method,
      cardLast4: method === 'card' ? String(1000 + random(9000)) : null,
      failureReason: status === 'failed' ? pick(failures) : null,
      refundedAmount: 0,
      attempts: 1,
      createdAt: ago(1 + (index % 28)),
    };
  });
  const shipments = Array.from({ length: 18 }, (_, index): Shipment => {
    const [city, postalCode, country, line] = pick(cities);
    const status = course[index % course.length] ?? 'in_transit';
    const [name] = pick(people);
    return {
      id: newId('shp', random),
      reference: `GF-${26_000 + index * 7}`,
      carrier: pick(['NordCargo', 'RailLink', 'Atlantic Parcel']),
      status,
      weightKg: (20 + random(2400)) / 10,
      destination: { line, city, postalCode, country },
      recipient: { name, phone: `+${31 + random(18)} ${100_000_000 + random(899_999_999)}` },
      events: [
        { at: ago(6), place: 'Rotterdam hub', what: 'Picked up' },
        { at: ago(4), place: 'Venlo', what: 'Sorted' },
        ...(status === 'label_created'
          ? []
          : [{ at: ago(2), place: city, what: status.replaceAll('_', ' ') }]),
      ],
      labels: [],
    };
  });
  return {
    customers,
    accounts,
    payments,
    refunds: [],
    payouts: accounts.flatMap((account) =>
      (['paid', 'paid', 'scheduled'] as const).map((status, index) => ({
        id: newId('po', random),
        accountId: account.id,
        amount: (200_000 + random(900_000)) / 100,
        currency: account.currency,
        status: account.status === 'frozen' && index === 1 ? ('returned' as const) : status,
        arrivesOn: new Date(now + (index - 1) * 7 * day).toISOString().slice(0, 10),
      })),
    ),
    shipments,
    pickups: [],
    stock: Object.fromEntries(
      [
        ['PAL-EUR-01', 'Euro pallet', 412],
        ['BOX-060-L', 'Carton 60 × 40 × 40', 2380],
        ['STR-PP-12', 'PP strapping 12 mm', 96],
        ['SEAL-CNT-2', 'Container seal', 0],
      ].map(([sku, name, available]) => [
        sku,
        { sku: String(sku), name: String(name), available: Number(available), warehouse: 'Rotterdam hub' },
      ]),
    ),
    services: seedServices(now),
    answers: {},
    deliveries: [],
  };
}

/** Some are degraded or down. */
export function seedServices(now: number): Service[] {
  return (
    [
      ['checkout_api', 'up', 0.002],
      ['payout_worker', 'down', 1],
      ['card_vault', 'up', 0],
      ['receipt_mailer', 'degraded', 0.18],
      ['tracking_feed', 'degraded', 0.31],
      ['label_printer', 'down', 1],
    ] as const
  ).map(([name, status, errorRate], index) => ({
    name,
    status,
    errorRate,
    restarts: 0,
    since: new Date(now - (status === 'up' ? 20 * day : (index + 1) * 900_000)).toISOString(),
  }));
}
