import { expect, test } from 'vitest';
import { createFewAtOnce } from '../../../shared/platform/server/few-at-once.ts';

test('each organization has its own places, and one that ends gives its place back', () => {
  const places = createFewAtOnce(2, 'replays');
  const [first] = [places.begin('acme'), places.begin('acme')];
  expect(() => places.begin('acme')).toThrow('An organization can have 2 replays in progress');
  places.begin('globex')();
  first!();
  places.begin('acme');
  expect(() => places.begin('acme')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
});
