import { describe, expect, it } from 'vitest';
import {
  builtInViews,
  type ExceptionSearch,
  sameView,
  toFilter,
  toSearch,
} from '../../../web/features/exceptions/list/exception-views.ts';

describe('views of the exceptions', () => {
  it('without a status show what is not resolved, and with `all` everything', () => {
    expect(toFilter({})).toEqual({ status: 'unresolved' });
    expect(toFilter({ status: 'all', severity: 'high' })).toEqual({ severity: 'high' });
    expect(toFilter({ status: 'resolved' })).toEqual({ status: 'resolved' });
  });

  it('come back as they were saved', () => {
    const searches: ExceptionSearch[] = [
      {},
      { status: 'all' },
      { status: 'in_progress', assignee: 'none' },
      { q: 'EX-42', due: 'overdue', domain: 'payments' },
    ];
    for (const search of searches) expect(toSearch(toFilter(search))).toEqual(search);
  });

  it('keep no sorting and nothing that is not set', () => {
    const search = { sort: 'due', q: undefined, severity: 'critical' } as ExceptionSearch;
    expect(toFilter(search)).toEqual({ severity: 'critical', status: 'unresolved' });
    expect(sameView(search, { severity: 'critical' })).toBe(true);
  });

  it('are distinguished by every filter', () => {
    for (const [index, view] of builtInViews.entries()) {
      expect(builtInViews.findIndex((other) => sameView(other.search, view.search))).toBe(index);
    }
    expect(sameView({ q: 'refund' }, {})).toBe(false);
  });
});
