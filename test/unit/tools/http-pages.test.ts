import { describe, expect, test } from 'vitest';
import { readPageHere } from '../../../shared/tools/providers/http/call/read-page.ts';
import {
  nextPage,
  type PageFacts,
  type Pagination,
  paginationSchema,
} from '../../../shared/tools/providers/http/pagination.ts';

const of = (definition: Record<string, unknown>): Pagination => paginationSchema.parse(definition);
const facts = (more: Partial<PageFacts>): PageFacts => ({ count: 2, cursor: null, link: '', ...more });
const url = 'https://api.example/v1/orders?state=open';

describe('the next page', () => {
  test('has the cursor of the one before, until there is none', () => {
    const pages = of({ type: 'cursor', parameter: 'after', cursor: '/next' });
    expect(nextPage(pages, url, facts({ cursor: 'a b&c' }))).toBe(`${url}&after=a+b%26c`);
    expect(nextPage(pages, `${url}&after=old`, facts({ cursor: 'new' }))).toBe(`${url}&after=new`);
    expect(nextPage(pages, url, facts({}))).toBeNull();
  });

  test('has the next number, after that of the request or the first one, until a page is empty', () => {
    const pages = of({ type: 'page' });
    expect(nextPage(pages, url, facts({}))).toBe(`${url}&page=2`);
    expect(nextPage(pages, `${url}&page=7`, facts({}))).toBe(`${url}&page=8`);
    expect(nextPage(of({ type: 'page', first: 0 }), url, facts({}))).toBe(`${url}&page=1`);
    expect(nextPage(pages, url, facts({ count: 0 }))).toBeNull();
  });

  test('begins behind the items of the one before', () => {
    const pages = of({ type: 'offset', parameter: 'skip' });
    expect(nextPage(pages, url, facts({ count: 50 }))).toBe(`${url}&skip=50`);
    expect(nextPage(pages, `${url}&skip=50`, facts({ count: 20 }))).toBe(`${url}&skip=70`);
  });

  test.each([
    ['<https://api.example/v1/orders?page=2>; rel="next"', 'https://api.example/v1/orders?page=2'],
    [
      '</v1/orders?page=1>; rel=prev, </v1/orders?page=3>; title="a, b"; rel="last next"',
      'https://api.example/v1/orders?page=3',
    ],
    ['<https://api.example/v1/orders?page=1>; rel="first"', null],
    ['', null],
  ])('is the one of the Link header %s', (link, next) => {
    expect(nextPage(of({ type: 'link_header' }), url, facts({ link }))).toBe(next);
  });
});

describe('a page', () => {
  const read = (body: unknown, definition: Record<string, unknown>) =>
    readPageHere(Buffer.from(JSON.stringify(body)), {
      contentType: 'application/json',
      responseType: 'auto',
      pagination: of(definition),
    });

  test('is its items, wherever they are', () => {
    expect(
      read(
        { data: { list: [1, 2] }, next: 7 },
        { type: 'cursor', parameter: 'c', cursor: '/next', items: '/data/list' },
      ),
    ).toEqual({
      json: '1,2',
      count: 2,
      cursor: '7',
    });
    expect(read([1, 2, 3], { type: 'page' })).toEqual({ json: '1,2,3', count: 3, cursor: null });
    expect(read({ a: 1 }, { type: 'link_header' })).toEqual({ json: '{"a":1}', count: null, cursor: null });
  });

  test('without its list says so', () => {
    expect(read({ data: 1 }, { type: 'page', items: '/data' })).toEqual({
      problem: 'The page has no list at "/data"',
    });
    expect(read({ data: [] }, { type: 'offset' })).toMatchObject({
      problem: expect.stringContaining('items'),
    });
  });
});
