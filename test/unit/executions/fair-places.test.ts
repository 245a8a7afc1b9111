import { expect, test } from 'vitest';
import { createFairPlaces, type FairPlaces } from '../../../shared/executions/server/fair-places.ts';

/** Takes as many places as the tenant gets. @returns what frees each */
function takeAll(places: FairPlaces, tenantId: string): (() => void)[] {
  const taken: (() => void)[] = [];
  for (let free = places.take(tenantId); free; free = places.take(tenantId)) taken.push(free);
  return taken;
}

test('a tenant alone gets half of the places, and every next one still gets some', () => {
  const places = createFairPlaces(120);
  const counts = ['a', 'b', 'c', 'd'].map((tenant) => takeAll(places, tenant).length);
  expect(counts).toEqual([60, 30, 15, 8]);
});

test('tenants that come together get equal shares, and one is left for whoever comes next', () => {
  const places = createFairPlaces(120);
  const counts = { a: 0, b: 0 };
  for (let more = true; more; ) {
    more = false;
    for (const tenant of ['a', 'b'] as const)
      if (places.take(tenant)) {
        counts[tenant] += 1;
        more = true;
      }
  }
  expect(counts).toEqual({ a: 40, b: 40 });
  expect(places.take('c')).not.toBeNull();
});

test('a freed place can be taken again', () => {
  const places = createFairPlaces(4);
  const [first] = takeAll(places, 'a');
  expect(places.take('a')).toBeNull();
  first!();
  expect(places.take('a')).not.toBeNull();
});
