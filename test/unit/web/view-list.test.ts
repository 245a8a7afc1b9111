import { describe, expect, it } from 'vitest';
import { readViews, sameFilters, setFilters } from '../../../web/kit/list-page/view-list.ts';

describe('saved views', () => {
  it('are read as far as they can be used', () => {
    expect(readViews(null)).toEqual([]);
    expect(
      readViews([7, { name: 3 }, { name: 'a' }, { name: 'b', filters: { q: 'x', from: null, list: [] } }]),
    ).toEqual([{ name: 'b', filters: { q: 'x' } }]);
  });

  it('hold the filters that are set, as the query string has them', () => {
    expect(setFilters({ q: 'x', type: undefined, toolVersion: 2 })).toEqual({ q: 'x', toolVersion: '2' });
    expect(sameFilters({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(sameFilters({ a: '1' }, { a: '1', b: '2' })).toBe(false);
    expect(sameFilters({ a: '1' }, { b: '1' })).toBe(false);
  });
});
