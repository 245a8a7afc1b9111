import { expect, test } from 'vitest';
import { mostMatches, partAt, searchJson } from '../../../web/kit/json-view/search-json.ts';

const orders = {
  orders: [
    { id: 'or_1', 'a/b': 'Berlin', total: 19.9, open: true },
    { id: 'or_2', customer: { name: 'Ana', city: 'berlin' }, note: null },
  ],
};
/** Runs a search to its end, in as many steps as it takes. */
function found(value: unknown, query: string) {
  const search = searchJson(value, query);
  for (let steps = 1; ; steps += 1) {
    const step = search.next();
    if (step.done) return { ...step.value, steps };
  }
}
const paths = (value: unknown, query: string) => found(value, query).matches.map(({ path }) => path);

test('names and values are found in the order of the document, whatever their case', () => {
  expect(paths(orders, 'BERLIN')).toEqual(['/orders/0/a~1b', '/orders/1/customer/city']);
  expect(paths(orders, 'customer')).toEqual(['/orders/1/customer']);
  expect(paths(orders, '19.9')).toEqual(['/orders/0/total']);
  expect(paths(orders, 'null')).toEqual(['/orders/1/note']);
  expect(paths(orders, '1')).toEqual(['/orders/0/id', '/orders/0/total']);
  expect(paths('a text', 'TEXT')).toEqual(['']);
  expect(found(orders, 'orders').matches).toEqual([{ path: '/orders', value: '[…]' }]);
  expect(found({ a: 'x'.repeat(500) }, 'x').matches[0]?.value).toHaveLength(121);
});

test('a large document is searched in steps, and ends with the first thousand matches', () => {
  const large = Array.from({ length: 40_000 }, (_, id) => ({ id, text: `item ${id}` }));
  const { matches, more, steps } = found(large, 'item 39');
  expect(steps).toBeGreaterThan(50);
  expect([matches.length, more]).toEqual([mostMatches, true]);
  expect(found(large, 'item 39999')).toMatchObject({ matches: [{ path: '/39999/text' }], more: false });
});

test.each([
  ['/orders/1/customer/name', 'Ana'],
  ['orders[1].customer.name', 'Ana'],
  ['$.orders[1]["customer"].name', 'Ana'],
  ['/orders/0/a~1b', 'Berlin'],
  ['orders.*.id', { '/orders/0/id': 'or_1', '/orders/1/id': 'or_2' }],
])('the part at %s is shown alone', (path, value) => expect(partAt(orders, path)).toEqual({ value }));

test('there is no part where a path leads nowhere', () => {
  expect(partAt(orders, '/orders/7')).toBeNull();
  expect(partAt(orders, 'orders.*.nothing')).toBeNull();
});
