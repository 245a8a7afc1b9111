import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readJson } from '../private-file.ts';
import { type DemoState, stateSchema } from './records.ts';
import { seedServices, seedState } from './seed.ts';

/** A file of an earlier version has no services. */
const storedSchema = stateSchema.extend({
  services: stateSchema.shape.services.default(() => seedServices(Date.now())),
});

export interface StateStore {
  readonly state: DemoState;
  /** Call after every change, so that responses survive a restart. */
  save(): void;
  /** Back to the seed. */
  reset(): void;
}

/** State in memory, with a copy in `file` when one is given. */
export function openState(file?: string): StateStore {
  const kept = file ? storedSchema.safeParse(readJson(file)) : null;
  let state: DemoState = kept?.success ? kept.data : seedState();
  return {
    get state() {
      return state;
    },
    save() {
      if (!file) return;
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    reset() {
      state = seedState();
      if (file) rmSync(file, { force: true });
    },
  };
}
