import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropKept, keepDraft, readKept } from '../../../web/kit/document-form/kept-draft.ts';

describe('an unsaved document', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('comes back after a reload with the revision it is based on', () => {
    keepDraft('tool.acme.t1', { text: '{"a":', revision: 3 });
    expect(readKept('tool.acme.t1')).toEqual({ text: '{"a":', revision: 3 });
    expect(readKept('tool.globex.t1')).toBeNull();
    dropKept('tool.acme.t1');
    expect(readKept('tool.acme.t1')).toBeNull();
  });

  it('is dropped where the storage holds something else, and lost without a word where it is blocked', () => {
    stored.set('interlock.draft.x', '{"text":1}');
    expect(readKept('x')).toBeNull();
    stored.set('interlock.draft.x', '{');
    expect(readKept('x')).toBeNull();
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => keepDraft('x', { text: '', revision: undefined })).not.toThrow();
    expect(readKept('x')).toBeNull();
    expect(() => dropKept('x')).not.toThrow();
  });
});
