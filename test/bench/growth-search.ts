import type { appRouter } from '../../api/router.ts';
import type { createCallerFactory } from '../../api/trpc.ts';

interface Site {
  call: ReturnType<ReturnType<typeof createCallerFactory<(typeof appRouter)['_def']['record']>>>;
}

/**
 * Searches of the bench of growth: what is frequent, what is rare and what is nowhere. The texts are written from the
 * filled event log by `services.search.catchUp(Number.POSITIVE_INFINITY)`.
 */
const words: [name: string, q: string][] = [
  ['a frequent word', 'tool'],
  ['a tool', 'tool_7'],
  ['a person', 'person 12'],
  ['a person and a tool', 'person 12 tool_3'],
  ['part of a payment', 'pay_3f2'],
  // md5('1')
  ['a whole payment', 'pay_c4ca4238a0b923820dcc509a6f75849b'],
  ['a word that is nowhere', 'platypus'],
  ['two typing errors', 'refnud stcuk'],
  ['a typing error in a tool', 'toool_7'],
  ['a provider that failed', 'answered 500'],
];

export const searchCasesOf = (limit: number): [name: string, run: (site: Site) => Promise<unknown>][] => [
  ...words.flatMap(
    ([name, q]): ReturnType<typeof searchCasesOf> => [
      [`executions: q, ${name}`, ({ call }) => call.executions.list({ q, limit })],
      [`search: ${name}`, ({ call }) => call.search.all({ q })],
    ],
  ),
  ['executions: q and status', ({ call }) => call.executions.list({ q: 'tool_7', status: 'failed', limit })],
  [
    'executions: q and status, rare',
    ({ call }) => call.executions.list({ q: 'pay_3f2', status: 'failed', limit }),
  ],
  ['exceptions: q', ({ call }) => call.exceptions.list({ q: 'customer 77', limit })],
  [
    'exceptions: q, by severity',
    ({ call }) => call.exceptions.list({ q: 'customer', sort: 'severity', limit }),
  ],
  ['exceptions: q, by due', ({ call }) => call.exceptions.list({ q: 'customer 77', sort: 'due', limit })],
  ['exceptions: q, a number', ({ call }) => call.exceptions.list({ q: 'EX-77', limit })],
  ['runs: q', ({ call }) => call.runs.list({ q: 'playbook_1', limit })],
  ['search: a case', ({ call }) => call.search.all({ q: 'EX-77' })],
];
