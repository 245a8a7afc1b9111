import { readJson } from '../../shared/platform/read-json.ts';
/** JSON values that this browser keeps. Where storage is blocked or full, they last until a reload. */

export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A reload loses the value.
  }
}

/** @returns null where nothing, or no JSON, is stored */
export function readStored(key: string): unknown {
  try {
    return readJson(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

export function dropStored(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
