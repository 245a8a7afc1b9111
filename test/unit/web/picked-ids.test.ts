import { describe, expect, it } from 'vitest';
import { extended, nothingPicked, pickedOnly, toggled } from '../../../web/kit/data-table/picked-ids.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

describe('picked rows', () => {
  it('are picked and given back one by one', () => {
    const two = toggled(toggled(nothingPicked, 'b'), 'd');
    expect([...two.ids]).toEqual(['b', 'd']);
    expect([...toggled(two, 'b').ids]).toEqual(['d']);
  });

  it('extend from the anchor in both directions, and a range that shrinks gives rows back', () => {
    const start = toggled(toggled(nothingPicked, 'a'), 'c');
    const down = extended(start, order, 'c', 'e');
    expect([...down.ids].sort()).toEqual(['a', 'c', 'd', 'e']);
    expect([...extended(down, order, 'e', 'd').ids].sort()).toEqual(['a', 'c', 'd']);
    expect([...extended(down, order, 'e', 'b').ids].sort()).toEqual(['a', 'b', 'c']);
  });

  it('start a range at the current row where none was picked, or the anchor is gone', () => {
    expect([...extended(nothingPicked, order, 'b', 'c').ids]).toEqual(['b', 'c']);
    const gone = toggled(nothingPicked, 'z');
    expect([...extended(gone, order, 'd', 'e').ids].sort()).toEqual(['d', 'e', 'z']);
  });

  it('can be all', () => expect([...pickedOnly(order).ids]).toEqual(order));
});
