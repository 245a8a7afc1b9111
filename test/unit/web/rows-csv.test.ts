import { expect, test } from 'vitest';
import { rowsCsv } from '../../../web/kit/list-page/rows-csv.ts';

test('rows become a table with a column for every field, and no cell is a formula', () => {
  const rows = [
    { title: 'A "quoted", one', count: 2, owner: { name: 'Ana' }, tags: ['a', 'b'], none: null },
    { title: '=cmd()', count: -1.5, more: true, list: [{ a: 1 }] },
  ];
  expect(rowsCsv(rows).split('\r\n')).toEqual([
    '"title","count","owner.name","tags","more","list"',
    '"A ""quoted"", one","2","Ana","a b","",""',
    `"'=cmd()","-1.5","","","true","{""a"":1}"`,
    '',
  ]);
});
