import { describe, expect, it } from 'vitest';
import { callGroups, statesOf } from '../../../web/features/batches/detail/call-groups.ts';
import { heatOf } from '../../../web/features/playbooks/detail/usage-heat.ts';
import { layOut } from '../../../web/features/playbooks/parts/flow/flow-layout.ts';
import { nextNode } from '../../../web/features/playbooks/parts/flow/flow-moves.ts';
import { flowOf } from '../../../web/features/playbooks/parts/flow/flow-of.ts';
import { nearestPlace, placePlaces } from '../../../web/features/playbooks/parts/flow/flow-places.ts';
import { wayOf, whyNotTaken } from '../../../web/features/playbooks/parts/flow/run-flow.ts';
import type { Document } from '../../../web/features/playbooks/parts/outline.ts';
import { keyOf, placesIn } from '../../../web/features/playbooks/parts/step-places.ts';
import { lineOf } from '../../../web/kit/graph/line-of.ts';

const step = (id: string, extra: object = {}) => ({ id, type: 'manual', title: id, ...extra });
const decision = (id: string, options: unknown[], extra: object = {}) => ({
  id,
  type: 'decision',
  title: id,
  options,
  ...extra,
});
const parallel = (id: string, branches: unknown[], extra: object = {}) => ({
  id,
  type: 'parallel',
  title: id,
  branches,
  ...extra,
});

const names = (document: Document) => {
  const flow = flowOf(document);
  const short = (id: string) =>
    id.replaceAll('/steps/', '/').replaceAll('/options/', '?').replaceAll('/branches/', '=');
  return {
    nodes: flow.nodes.map(({ id, depth }) => `${depth} ${short(id)}`),
    edges: flow.edges.map(({ from, to, past }) => `${short(from)} ${past ? '~' : '-'} ${short(to)}`),
  };
};

describe('the graph of a playbook', () => {
  it('follows the steps, and leads through every option to the step after the decision', () => {
    const { nodes, edges } = names({
      steps: [
        step('look'),
        decision('choice', [
          { id: 'pay', title: 'Pay', steps: [step('a'), step('b')] },
          { id: 'leave', title: 'Leave', steps: [] },
        ]),
        step('last'),
      ],
    });
    expect(nodes).toEqual([
      '0 start',
      '0 /0',
      '0 /1',
      '1 /1?0',
      '2 /1?0/0',
      '2 /1?0/1',
      '1 /1?1',
      '0 /2',
      '0 end',
    ]);
    expect(edges).toEqual([
      'start - /0',
      '/0 - /1',
      '/1 - /1?0',
      '/1?0 - /1?0/0',
      '/1?0/0 - /1?0/1',
      '/1 - /1?1',
      '/1?0/1 - /2',
      '/1?1 - /2',
      '/2 - end',
    ]);
  });

  it('an option that ends has its own end; inside a branch, to what follows the branches', () => {
    const ending = (id: string) =>
      decision(id, [
        { id: 'stop', title: 'Stop', end: true, steps: [step(`${id}_bye`)] },
        { id: 'on', title: 'On' },
      ]);
    expect(names({ steps: [ending('choice'), step('last')] }).edges).toEqual([
      'start - /0',
      '/0 - /0?0',
      '/0?0 - /0?0/0',
      '/0?0/0 - /0?0/end',
      '/0 - /0?1',
      '/0?1 - /1',
      '/1 - end',
    ]);
    const branches = [
      { id: 'left', title: 'Left', steps: [ending('inner'), step('more')] },
      { id: 'right', title: 'Right', steps: [step('other')] },
    ];
    const { edges } = names({ steps: [parallel('both', branches), step('last')] });
    expect(edges).toContain('/0=0/0?0/0 - /1');
    expect(edges).toContain('/0=0/1 - /1');
    expect(edges).toContain('/0=1/0 - /1');
    expect(edges.filter((edge) => edge.endsWith(' end'))).toEqual(['/1 - end']);
  });

  it('leads past the options of a step that can be skipped', () => {
    const options = [
      { id: 'a', title: 'A', end: true },
      { id: 'b', title: 'B', end: true },
    ];
    const always = names({ steps: [decision('choice', options), step('last')] }).edges;
    expect(always.filter((edge) => edge.endsWith('- /1'))).toEqual([]);
    for (const extra of [{ when: 'input.ok' }, { optional: true }])
      expect(names({ steps: [decision('choice', options, extra), step('last')] }).edges).toContain('/0 ~ /1');
  });

  it('reads what is not finished', () => {
    expect(names({}).edges).toEqual(['start - end']);
    expect(names({ steps: [null, { type: 'decision', options: [] }] }).edges).toHaveLength(3);
  });
});

describe('the way of a run', () => {
  const document: Document = {
    steps: [
      decision('choice', [
        { id: 'pay', title: 'Pay', steps: [step('paid')] },
        { id: 'leave', title: 'Leave', steps: [step('left')] },
      ]),
      parallel(
        'both',
        [
          { id: 'one', title: 'One', steps: [step('one_step')] },
          { id: 'two', title: 'Two', steps: [step('two_step')] },
        ],
        { when: 'input.both' },
      ),
      step('last'),
    ],
  };
  type Seen = [status: string, outcome?: string];
  const wayWith = (status: string, reached: Record<string, Seen>) => {
    const ids = ['choice', 'paid', 'left', 'both', 'one_step', 'two_step', 'last'];
    const open = status === 'running';
    const steps = ids.map((id) => {
      const [state, outcome] = reached[id] ?? [open ? 'pending' : 'skipped'];
      return { id, status: state, outcome: outcome ?? null, openedAt: reached[id] ? '2026-01-01' : null };
    });
    const flow = flowOf(document);
    const way = wayOf(flow, document, { status, steps } as never);
    const named = (passage: string) =>
      [...way.passage].flatMap(([id, each]) => (each === passage ? [id] : []));
    return {
      taken: named('taken'),
      notTaken: named('not_taken'),
      edgesNotTaken: flow.edges
        .filter((edge) => way.ofEdge(edge) === 'not_taken')
        .map(({ from, to }) => `${from} ${to}`),
      ahead: named('ahead'),
      edges: flow.edges.filter((edge) => way.ofEdge(edge) === 'taken').map(({ from, to }) => `${from} ${to}`),
    };
  };

  it('takes the chosen option alone, and the other with all its steps is not taken', () => {
    const way = wayWith('running', { choice: ['completed', 'pay'], paid: ['waiting'] });
    expect(way.taken).toEqual(['start', '/steps/0', '/steps/0/options/0', '/steps/0/options/0/steps/0']);
    expect(way.notTaken).toEqual(['/steps/0/options/1', '/steps/0/options/1/steps/0']);
    expect(way.ahead).toContain('/steps/2');
    expect(way.edges).toEqual([
      'start /steps/0',
      '/steps/0 /steps/0/options/0',
      '/steps/0/options/0 /steps/0/options/0/steps/0',
    ]);
  });

  it('what follows an option that ends is not taken as soon as the option is chosen', () => {
    const ending: Document = {
      steps: [
        decision('choice', [
          { id: 'stop', title: 'Stop', end: true, steps: [step('bye')] },
          { id: 'on', title: 'On' },
        ]),
        step('last'),
      ],
    };
    const flow = flowOf(ending);
    const { passage } = wayOf(flow, ending, {
      status: 'running',
      steps: [{ id: 'choice', status: 'completed', outcome: 'stop', openedAt: '2026-01-01' }],
    });
    expect(Object.fromEntries(passage)).toEqual({
      start: 'taken',
      '/steps/0': 'taken',
      '/steps/0/options/0': 'taken',
      '/steps/0/options/0/steps/0': 'ahead',
      '/steps/0/options/0/end': 'ahead',
      '/steps/0/options/1': 'not_taken',
      '/steps/1': 'not_taken',
      end: 'not_taken',
    });
  });

  it('nothing is decided before the decision, and a cancelled run takes no more', () => {
    expect(wayWith('running', { choice: ['waiting'] }).notTaken).toEqual([]);
    const cancelled = wayWith('cancelled', { choice: ['skipped'] });
    expect(cancelled.ahead).toEqual([]);
    expect(cancelled.taken).toEqual(['start', '/steps/0']);
  });

  it('goes past a step that is skipped with its branches, and takes every branch of one that is not', () => {
    const before: Record<string, Seen> = { choice: ['completed', 'leave'], left: ['completed'] };
    const past = wayWith('completed', { ...before, both: ['skipped', 'condition'], last: ['completed'] });
    expect(past.edges).toContain('/steps/1 /steps/2');
    expect(past.edges).toContain('/steps/2 end');
    expect(past.notTaken).toContain('/steps/1/branches/0');
    const through = wayWith('completed', {
      ...before,
      both: ['completed'],
      one_step: ['completed'],
      two_step: ['completed'],
      last: ['completed'],
    });
    expect(through.edgesNotTaken).toContain('/steps/1 /steps/2');
    expect(wayWith('running', before).edgesNotTaken).not.toContain('/steps/1 /steps/2');
    const asked = wayWith('running', { ...before, both: ['waiting'] });
    expect([...asked.edges, ...asked.edgesNotTaken]).not.toContain('/steps/1 /steps/2');
    expect(through.edges).toContain('/steps/1/branches/0/steps/0 /steps/2');
    expect(through.edges).toContain('/steps/1/branches/1/steps/0 /steps/2');
  });

  it('options stand from left to right, below their decision, and keys lead to them', () => {
    const { nodes, edges } = layOut(flowOf(document));
    const at = (id: string) => nodes.find((node) => node.id === id)!;
    const [choice, pay, leave, next] = [
      '/steps/0',
      '/steps/0/options/0',
      '/steps/0/options/1',
      '/steps/1',
    ].map(at);
    expect(pay!.y).toBeGreaterThan(choice!.y + choice!.height);
    expect(leave!.y).toBe(pay!.y);
    expect(leave!.x).toBeGreaterThan(pay!.x + pay!.width);
    expect(next!.y).toBeGreaterThan(pay!.y);
    expect(at('/steps/0/options/1/steps/0').x).toBeGreaterThan(at('/steps/0/options/0/steps/0').x);
    const items = nodes.filter(({ stepPath }) => stepPath !== '');
    expect(nextNode(items, pay!, 'ArrowRight')).toBe(leave);
    expect(nextNode(items, leave!, 'ArrowLeft')).toBe(pay);
    expect(nextNode(items, choice!, 'ArrowDown')).toBe(pay);
    expect(nextNode(items, pay!, 'ArrowUp')).toBe(choice);
    expect(nextNode(items, choice!, 'ArrowUp')).toBe(choice);
    expect(nextNode(items, choice!, 'End')?.id).toBe('/steps/2');
    expect(nextNode(items, choice!, 'x')).toBeUndefined();
    for (const { points } of edges) expect(lineOf(points)).toMatch(/^M[\d.]+ [\d.]+ [LQ]/);
  });
});

describe('the places of a graph that is edited', () => {
  const document: Document = {
    steps: [
      step('one'),
      decision('choice', [
        { id: 'a', title: 'A', steps: [step('in_a')] },
        { id: 'b', title: 'B', steps: [] },
      ]),
    ],
  };
  it('are each on their own line, and the nearest is found', () => {
    const { nodes } = layOut(flowOf(document), { between: 46 });
    const places = placePlaces(document, nodes);
    expect(places.map(keyOf)).toEqual(placesIn(document).map(keyOf));
    expect(new Set(places.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)).size).toBe(places.length);
    for (const place of places)
      expect(nearestPlace(places, { x: place.x + 5, y: place.y + 3 }, 40)).toBe(place);
    expect(nearestPlace(places, { x: -500, y: -500 }, 40)).toBeNull();
    // All of an unfinished document too.
    expect(placePlaces({}, layOut(flowOf({})).nodes)).toHaveLength(1);
  });

  it('says why an option was not taken and a step was skipped', () => {
    const chosen: Document = {
      steps: [
        decision(
          'choice',
          [
            { id: 'a', title: 'A' },
            { id: 'b', title: 'B' },
          ],
          { choose: '${{ input.way }}' },
        ),
        step('last', { when: 'input.ok' }),
      ],
    };
    const run = {
      steps: [
        { id: 'choice', status: 'completed', outcome: 'a', openedAt: '2026-01-01' },
        { id: 'last', status: 'skipped', outcome: 'condition', openedAt: '2026-01-01' },
      ],
    } as never;
    const why = (of: Document, id: string) =>
      whyNotTaken(of, run, flowOf(of).nodes.find((each) => each.id === id)!);
    expect(why(chosen, '/steps/0/options/1')).toBe('A was chosen by input.way');
    expect(why(chosen, '/steps/0/options/0')).toBeNull();
    expect(why(document, '/steps/1/options/1')).toBe('A was chosen');
    expect(why(chosen, '/steps/1')).toBe('not true: input.ok');
    expect(why(document, '/steps/0')).toBeNull();
  });
});

it('the numbers of usage stand at their steps and options, and the longest has the full colour', () => {
  const document: Document = {
    steps: [
      decision('choice', [
        { id: 'a', title: 'A' },
        { id: 'b', title: 'B' },
      ]),
      step('slow'),
      step('never'),
    ],
  };
  const usage = (stepId: string, more: object) => ({
    ...{
      stepId,
      opened: 4,
      open: 0,
      completed: 4,
      skipped: 0,
      failed: 0,
      unknown: 0,
      dropped: 0,
      outcomes: [],
    },
    ...{ p50Ms: 1_000, p95Ms: 2_000, p99Ms: 2_000, ...more },
  });
  const steps = [
    usage('choice', { outcomes: [{ outcome: 'a', count: 3 }] }),
    usage('slow', { p95Ms: 4_000, dropped: 1, completed: 3 }),
  ];
  const heat = heatOf(document, steps, 'time');
  expect(heat('/steps/0')).toMatchObject({ share: 0.5, lines: ['opened 4 times', 'half 1 s, 95 % 2 s'] });
  expect(heat('/steps/0/options/0')?.lines).toEqual(['75.0 % · 3']);
  expect(heat('/steps/0/options/1')?.label).toBe('taken 0 of 4 times');
  expect(heat('/steps/1')).toMatchObject({ share: 1, label: expect.stringContaining('1 ended here') });
  expect(heat('/steps/2')).toMatchObject({ share: 0, label: 'never opened' });
  const drops = heatOf(document, [...steps, usage('never', { p50Ms: null, p95Ms: null })], 'drops');
  expect([drops('/steps/0')?.share, drops('/steps/1')?.share]).toEqual([0, 1]);
  expect(drops('/steps/2')?.label).toBe('opened 4 times, has not ended yet');
});

it('many calls of a batch are drawn as groups of one tool that wait for the same others', () => {
  const call = (id: string, toolName: string, needs: string[], status = 'succeeded') =>
    ({ id, toolName, needs, status }) as never;
  const calls = [
    call('look', 'look', []),
    ...Array.from({ length: 50 }, (_, i) => call(`pay${i}`, 'pay', ['look'], i < 2 ? 'failed' : 'succeeded')),
    ...Array.from({ length: 50 }, (_, i) => call(`tell${i}`, 'tell', [`pay${i}`])),
  ];
  const groups = callGroups(calls, 60);
  expect(groups.map((group) => group.calls.length)).toEqual([1, 50, 50]);
  expect(groups[2]?.needs).toEqual([groups[1]?.id]);
  expect(statesOf(groups[1]!)).toEqual([
    { status: 'succeeded', count: 48 },
    { status: 'failed', count: 2 },
  ]);
  expect(callGroups(calls, 200)).toHaveLength(101);
  expect(callGroups([call('a', 'x', ['a'])], 0)).toEqual([]);
});
