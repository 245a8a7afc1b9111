import { describe, expect, it } from 'vitest';
import { playbookDocumentSchema } from '../../../shared/playbooks/playbook-document.ts';
import {
  moveStep,
  moveStepTo,
  removeStep,
  untimelyAt,
  whyNotAt,
} from '../../../web/features/playbooks/edit/move-step.ts';
import { type Document, stepAt, stepPaths, textOf } from '../../../web/features/playbooks/parts/outline.ts';
import { keyOf, placesIn } from '../../../web/features/playbooks/parts/step-places.ts';
import { createTextHistory } from '../../../web/kit/document-form/text-history.ts';
import { createJsonDocument, formatJson } from '../../../web/kit/json-editor/json-document.ts';

const step = (id: string, extra: object = {}) => ({ id, type: 'manual', title: id, ...extra });
const document: Document = {
  name: 'moves',
  title: 'Moves',
  steps: [
    step('first'),
    {
      id: 'choice',
      type: 'decision',
      title: 'Choice',
      options: [
        { id: 'yes', title: 'Yes', steps: [step('a'), step('b')] },
        { id: 'no', title: 'No', end: true, steps: [] },
      ],
    },
    {
      id: 'both',
      type: 'parallel',
      title: 'Both',
      branches: [
        { id: 'left', title: 'Left', steps: [step('c'), step('d')] },
        { id: 'right', title: 'Right', steps: [step('e')] },
      ],
    },
    step('last', { when: 'steps.first.output.ok' }),
  ],
};
const idAt = (of: Document, path: string) => textOf(stepAt(of, path), 'id');
const idsIn = (of: Document) => stepPaths(of).map((path) => idAt(of, path));
const pathOf = (of: Document, id: string) => stepPaths(of).find((path) => idAt(of, path) === id)!;
const at = (listPath: string, index: number) => ({ listPath, index });

/** The same numbers in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a step that is moved to any place', () => {
  it('keeps what stands around it, also where its own place shifts the target', () => {
    const moved = moveStepTo(document, '/steps/0', at('/steps/1/options/0/steps', 1))!;
    expect(moved.path).toBe('/steps/0/options/0/steps/1');
    expect(idsIn(moved.document)).toEqual(['choice', 'a', 'first', 'b', 'both', 'c', 'd', 'e', 'last']);
    const out = moveStepTo(document, '/steps/1/options/0/steps/1', at('/steps', 0))!;
    expect(out.path).toBe('/steps/0');
    expect(idsIn(out.document)).toEqual(['b', 'first', 'choice', 'a', 'both', 'c', 'd', 'e', 'last']);
    const whole = moveStepTo(document, '/steps/1', at('/steps', 4))!;
    expect(whole.path).toBe('/steps/3');
    expect(idsIn(whole.document)).toEqual(['first', 'both', 'c', 'd', 'e', 'last', 'choice', 'a', 'b']);
  });

  it('cannot be in itself, or where it is already', () => {
    expect(whyNotAt('/steps/1', at('/steps/1/options/1/steps', 0))).toBe('inside');
    expect(whyNotAt('/steps/1', at('/steps/10/options/1/steps', 0))).toBeNull();
    expect(whyNotAt('/steps/1', at('/steps', 1))).toBe('there');
    expect(whyNotAt('/steps/1', at('/steps', 2))).toBe('there');
    expect(moveStepTo(document, '/steps/1', at('/steps/1/options/0/steps', 2))).toBeNull();
  });

  it('has a place before every step and at the end of every list', () => {
    expect(placesIn(document).map(keyOf)).toEqual([
      '/steps/0',
      '/steps/1',
      '/steps/1/options/0/steps/0',
      '/steps/1/options/0/steps/1',
      '/steps/1/options/0/steps/2',
      '/steps/1/options/1/steps/0',
      '/steps/2',
      '/steps/2/branches/0/steps/0',
      '/steps/2/branches/0/steps/1',
      '/steps/2/branches/0/steps/2',
      '/steps/2/branches/1/steps/0',
      '/steps/2/branches/1/steps/1',
      '/steps/3',
      '/steps/4',
    ]);
  });

  it('says whose result would not be there yet', () => {
    expect(untimelyAt(document, '/steps/3', at('/steps', 0))).toEqual({ by: 'last', uses: 'first' });
    expect(untimelyAt(document, '/steps/0', at('/steps', 4))).toEqual({ by: 'last', uses: 'first' });
    expect(untimelyAt(document, '/steps/3', at('/steps', 1))).toBeNull();
    // What is so already is no reason against another move.
    const late = moveStepTo(document, '/steps/0', at('/steps', 4))!.document;
    expect(untimelyAt(late, pathOf(late, 'a'), at('/steps', 0))).toBeNull();
  });
});

it('any sequence of moves keeps the same steps and a valid document, and undo and redo return the exact texts', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = numbers(seed);
    // As someone wrote it, not as the page formats it.
    const first = seed % 2 ? formatJson(document) : JSON.stringify(document);
    const json = createJsonDocument(document, first);
    const history = createTextHistory(first);
    const texts = [first];
    const now = () => json.value() as Document;
    for (let move = 0; move < 25; move++) {
      const paths = stepPaths(now());
      const path = paths[Math.floor(random() * paths.length)]!;
      const places = placesIn(now());
      const place = places[Math.floor(random() * places.length)]!;
      const by = random() < 0.5 ? 1 : -1;
      const moved = random() < 0.3 ? moveStep(now(), path, by) : moveStepTo(now(), path, place);
      if (!moved) continue;
      expect(stepAt(moved.document, moved.path)).toEqual(stepAt(now(), path));
      history.alone();
      json.replace(moved.document);
      history.record(json.text());
      texts.push(json.text());
      expect(idsIn(now()).toSorted()).toEqual(idsIn(document).toSorted());
      expect(playbookDocumentSchema.safeParse(now()).error).toBeUndefined();
    }
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts.slice(0, -1).toReversed()) {
      json.setText(history.undo()!);
      expect(json.text()).toBe(text);
    }
    expect([history.canUndo(), history.undo()]).toEqual([false, null]);
    for (const text of texts.slice(1)) expect(history.redo()).toBe(text);
    expect([history.canRedo(), history.redo()]).toEqual([false, null]);
  }
});

describe('the history of a text', () => {
  it('takes what is typed in one go as one change, and a move as one of its own', () => {
    let now = 0;
    const history = createTextHistory('', () => now);
    for (const text of ['a', 'ab', 'abc']) {
      now += 100;
      history.record(text);
    }
    history.alone();
    history.record('bca');
    history.record('bcad');
    now += 5_000;
    history.record('bcade');
    expect([1, 2, 3, 4].map(history.undo)).toEqual(['bcad', 'bca', 'abc', '']);
    expect(history.redo()).toBe('abc');
    history.record('x');
    expect(history.canRedo()).toBe(false);
  });

  it('keeps a text that is no JSON, and forgets the oldest of very many', () => {
    const history = createTextHistory('0');
    history.alone();
    history.record('{"steps": [');
    history.alone();
    history.record('{}');
    expect(history.undo()).toBe('{"steps": [');
    for (let i = 0; i < 400; i++) {
      history.alone();
      history.record(`${i}`);
    }
    let undone = 0;
    while (history.undo() !== null) undone += 1;
    expect(undone).toBe(300);
    const large = createTextHistory('');
    for (let i = 0; i < 5; i++) large.record(`${i}`.repeat(9_000_000 + i * 100));
    expect([1, 2, 3].map(() => large.undo()?.length ?? null)).toEqual([9_000_300, 9_000_200, null]);
  });
});

it('a step that was removed comes back by undo with everything in it', () => {
  const text = JSON.stringify(document);
  const json = createJsonDocument(document, text);
  const history = createTextHistory(text);
  history.alone();
  json.replace(removeStep(document, '/steps/2'));
  history.record(json.text());
  expect(idsIn(json.value() as Document)).not.toContain('c');
  json.setText(history.undo()!);
  expect(json.text()).toBe(text);
  expect(json.value()).toEqual(document);
});
