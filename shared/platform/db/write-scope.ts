import { AsyncLocalStorage } from 'node:async_hooks';

/** What a request has written so far, so that an error says whether something may have changed. */
interface WriteScope {
  /** Committed writes, and those whose outcome is not known. */
  writes: number;
}

const scopes = new AsyncLocalStorage<WriteScope>();

/** Runs a request. @returns its result; `mayHaveWritten` tells about it afterwards, and is true while in doubt */
export async function withWriteScope<T>(work: (mayHaveWritten: () => boolean) => Promise<T>): Promise<T> {
  const scope: WriteScope = { writes: 0 };
  return scopes.run(scope, () => work(() => scope.writes > 0));
}

/** Counts a write as soon as it is sent. @returns a function that takes it back, for when it was refused */
export function countWrite(): () => void {
  const scope = scopes.getStore();
  if (!scope) return () => {};
  scope.writes += 1;
  return () => {
    scope.writes -= 1;
  };
}

export function inWriteScope(): boolean {
  return scopes.getStore() !== undefined;
}

/** A lock (`FOR UPDATE`) is not a write. */
const writing = /\b(insert\s+into|delete\s+from|(?<!\b(?:for|key)\s)update)\b/i;

export function isWrite(text: string): boolean {
  return writing.test(text);
}
