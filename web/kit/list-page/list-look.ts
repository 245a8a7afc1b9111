import { type Accessor, createSignal } from 'solid-js';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { readStored, store } from '../browser-storage.ts';

export type Density = 'comfortable' | 'compact';

/** How a person wants to see a list: kept in their browser. */
export interface Look {
  density: Density;
  /** The ids of the columns that are not shown. */
  hidden: readonly string[];
}

export const defaultLook: Look = { density: 'comfortable', hidden: [] };

/** What was stored, as far as it can be used. */
export function readLook(stored: unknown): Look {
  if (!isObject(stored)) return defaultLook;
  const { density, hidden } = stored;
  return {
    density: density === 'compact' ? 'compact' : 'comfortable',
    hidden: Array.isArray(hidden) ? hidden.filter((id): id is string => typeof id === 'string') : [],
  };
}

/** The columns that are shown: the main one always is. */
export const shownColumns = <C extends { id: string; main?: boolean }>(
  columns: readonly C[],
  { hidden }: Look,
): readonly C[] => columns.filter(({ id, main }) => main || !hidden.includes(id));

export const withColumn = (look: Look, id: string, shown: boolean): Look => ({
  ...look,
  hidden: shown ? look.hidden.filter((each) => each !== id) : [...look.hidden, id],
});

export interface ListLook {
  look: Accessor<Look>;
  set: (look: Look) => void;
}

/** @param list names the list, such as "tools" */
export function createListLook(list: string): ListLook {
  const key = `interlock.list.${list}`;
  const [look, setLook] = createSignal(readLook(readStored(key)));
  return {
    look,
    set: (next) => {
      setLook(next);
      store(key, next);
    },
  };
}
