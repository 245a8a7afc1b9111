import { expect, test } from 'vitest';
import { type ChartData, chartCsv, placeWords, stacked } from '../../../web/kit/chart/chart-data.ts';

const data: ChartData = {
  kind: 'bars',
  places: [
    { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' },
    { from: '2026-11-22T00:00:00.000Z', to: '2026-11-22T17:00:00.000Z' },
  ],
  series: [
    { label: 'Done, "all"', colour: 'succeeded', values: [3, 0] },
    { label: 'Failed', colour: 'failed', values: [null, 2] },
  ],
};

test('a chart is saved with its exact times and numbers', () => {
  expect(chartCsv(data)).toBe(
    'from,to,"Done, ""all""","Failed"\r\n2026-11-21T00:00:00.000Z,2026-11-22T00:00:00.000Z,3,\r\n2026-11-22T00:00:00.000Z,2026-11-22T17:00:00.000Z,0,2\r\n',
  );
});

test('parts of bars lie on those before them, and nothing is drawn of none', () => {
  expect(stacked([...data.series, { label: 'Open', colour: 'requested', values: [1, 1] }])).toEqual([
    [3, null],
    [null, 2],
    [4, 3],
  ]);
});

test('a place is a day, or an hour with its end', () => {
  const [day] = data.places;
  expect(placeWords(day!)).toMatch(/^\w+ 2[01] Nov$/);
  expect(placeWords({ from: '2026-11-22T14:00:00Z', to: '2026-11-22T15:00:00Z' })).toMatch(
    /^\d\d Nov, \d\d:\d\d to \d\d:\d\d$/,
  );
});
