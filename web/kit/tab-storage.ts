import { readJson } from '../../shared/platform/read-json.ts';
/** JSON values in this browser tab's storage. Where storage is blocked or full, nothing is stored. */

export function storeInTab(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A reload loses the value.
  }
}

/** @returns null where nothing, or no JSON, is stored */
export function readFromTab(key: string): unknown {
  try {
    return readJson(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

export function dropFromTab(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
