import { describe, expect, it } from 'vitest';
import { authWords } from '../../../web/features/tools/parts/auth/auth-words.ts';
import {
  authTypeWord,
  retrySafetyWords,
  retryWords,
  type Tool,
  toolTypeWord,
} from '../../../web/features/tools/parts/tool-words.ts';

const retry = { maxAttempts: 3, initialMs: 500, factor: 2, maxMs: 10_000 };

describe('a tool in words', () => {
  it('tells where its auth goes', () => {
    expect(authWords({ type: 'api_key', in: 'header', name: 'x-api-key', hasSecret: true })).toBe(
      `${authTypeWord('api_key')} in header x-api-key`,
    );
    expect(authWords({ type: 'basic', username: 'ana', hasSecret: true })).toMatch(/ \(ana\)$/);
  });

  it('tells when it is retried', () => {
    expect(retryWords({ ...retry, maxAttempts: 1 })).toBe('One attempt');
    expect(retryWords(retry)).toBe(
      'Up to 3 attempts, first retry after 500 ms, backoff factor 2, at most 10 s',
    );
  });

  it('of a type or auth kind that the page does not know shows its name', () => {
    const toy: object = { type: 'toy', hasSecret: false };
    expect(toolTypeWord('toy')).toBe('toy');
    expect(authWords(toy as Tool['auth'])).toBe('toy');
    expect(retrySafetyWords(toy as Tool)).toBeUndefined();
  });
});
