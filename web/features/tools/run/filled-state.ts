import { createMemo, createSignal } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { getAt, sameJson } from '../../../kit/schema-form/json-edit.ts';
import { inSentence, t } from '../../../words/words.ts';

type Known = Outputs['exceptions']['knownInputs']['items'][number];

interface Filled extends Known {
  before: unknown;
}

/** The fields that an exception has filled: each until its value changes. */
export function createFilled(at: {
  value: () => unknown;
  set: (pointer: string, value: unknown) => void;
  /** Before anyone has typed. */
  start: () => unknown;
}) {
  const [filled, setFilled] = createSignal<readonly Filled[]>([]);
  const now = createMemo(() =>
    filled().filter(({ path, value }) => sameJson(getAt(at.value(), path), value)),
  );
  const undo = (each: Filled) => {
    setFilled((all) => all.filter((other) => other !== each));
    at.set(each.path, each.before);
  };
  return {
    filled: now,
    of: (pointer: string) => now().find(({ path }) => path === pointer),
    /** Fills what no one has changed. */
    fill: (items: readonly Known[]) => {
      const free = items.flatMap((item) => {
        const before = getAt(at.value(), item.path);
        return sameJson(before, getAt(at.start(), item.path)) ? [{ ...item, before }] : [];
      });
      for (const { path, value } of free) at.set(path, value);
      setFilled((all) => [...all, ...free]);
    },
    undo,
    undoAll: () => now().forEach(undo),
    clear: () => setFilled([]),
  };
}

const fieldWords: Record<string, string> = {
  id: t('ID'),
  number: t('Number of the exception'),
  label: t('Number of the exception'),
  title: t('Title'),
  description: t('Description'),
  domain: t('Domain'),
  severity: t('Severity'),
  source: t('Source'),
  assignee: t('Assignee'),
  dueAt: t('Due'),
  createdAt: t('Opened'),
};

/** "from attribute order_id" */
export function sourceWords(from: Known['from']): string {
  const words: { [Kind in Known['from']['kind']]: (of: Known['from'] & { kind: Kind }) => string } = {
    attribute: ({ name }) => t`from attribute ${name}`,
    field: ({ name }) => t`from the exception: ${inSentence(fieldWords[name] ?? name)}`,
    file: ({ name }) => t`from file ${name}`,
    output: ({ name, toolTitle }) =>
      name === '' ? t`from the output of ${toolTitle}` : t`from ${name} of the output of ${toolTitle}`,
  };
  return (words[from.kind] as (of: Known['from']) => string)(from);
}
