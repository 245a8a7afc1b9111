import { describe, expect, it } from 'vitest';
import { defaultLook, readLook, shownColumns, withColumn } from '../../../web/kit/list-page/list-look.ts';

const columns = [{ id: 'name', main: true }, { id: 'type' }, { id: 'scope' }];

describe('the look of a list', () => {
  it('is the default where nothing usable is stored', () => {
    for (const stored of [null, 7, 'x', [], { density: 'huge', hidden: 3 }])
      expect(readLook(stored)).toEqual(defaultLook);
    expect(readLook({ density: 'compact', hidden: ['type', 4] })).toEqual({
      density: 'compact',
      hidden: ['type'],
    });
  });

  it('hides and shows columns, and never the main one', () => {
    const without = withColumn(withColumn(defaultLook, 'type', false), 'name', false);
    expect(shownColumns(columns, without).map(({ id }) => id)).toEqual(['name', 'scope']);
    expect(shownColumns(columns, withColumn(without, 'type', true)).map(({ id }) => id)).toEqual([
      'name',
      'type',
      'scope',
    ]);
  });
});
