import { describe, expect, test } from 'vitest';
import { executionHttpStatus } from '../../../api/executions/execution-status.ts';
import { callLabel } from '../../../shared/executions/call-label.ts';
import { failureCodes } from '../../../shared/executions/failure-codes.ts';
import { redactedPaths } from '../../../shared/executions/redacted-paths.ts';
import { canonicalJson } from '../../../shared/platform/canonical-json.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { createKeyedDigest } from '../../../shared/platform/server/keyed-digest.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

describe('the label of a call in Temporal Web', () => {
  const label = (definition: Record<string, unknown>, slug?: string) =>
    callLabel(
      { definition: toolDefinitionSchema.parse({ name: 'refund_payment', ...definition }), version: 3 },
      slug,
    );
  test('the label of a call names the tool, version, organization, method and host, but no template', () => {
    const config = { method: 'POST', url: 'https://pay.example:8443/v1/{paymentId}?q={secret}' };
    expect(label({ type: 'http', config }, 'acme')).toBe('refund_payment v3 · acme · POST pay.example:8443');
    expect(label({ type: 'dummy' })).toBe('refund_payment v3 · dummy');
  });
});

describe('a keyed digest', () => {
  const digest = createKeyedDigest('secret one');
  test('a keyed digest is the same for any order of keys', () =>
    expect(digest('preview', { a: 1, b: [{ c: 2, d: 3 }] })).toBe(
      digest('preview', { b: [{ d: 3, c: 2 }], a: 1 }),
    ));
  test('a keyed digest differs by value, by purpose and by deployment', () => {
    const all = [
      digest('preview', { a: 1 }),
      digest('preview', { a: '1' }),
      digest('idempotency', { a: 1 }),
      createKeyedDigest('secret two')('preview', { a: 1 }),
    ];
    expect(new Set(all).size).toBe(4);
  });
  test('canonical JSON differs for values whose JSON differs', () => {
    const values: JsonValue[] = [[], {}, '', null, '[]', [null], [[]], { '': null }];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });
});

test('the paths of redacted values are JSON Pointers', () => {
  const value = {
    pin: '[redacted]',
    list: ['x', 'token [redacted] in a text'],
    'a/b': { c: '[redacted]' },
    fine: 1,
  };
  expect(redactedPaths(value)).toEqual(['/pin', '/list/1', '/a~1b/c']);
});

test('the HTTP status of an execution is 202 until it ends, 200 if it succeeded, and an error for each failure code', () => {
  expect(executionHttpStatus({ status: 'requested' })).toBe(202);
  expect(executionHttpStatus({ status: 'running' })).toBe(202);
  expect(executionHttpStatus({ status: 'succeeded' })).toBe(200);
  for (const code of failureCodes) {
    const status = executionHttpStatus({
      status: 'failed',
      failure: { code, message: '', retryable: false },
    });
    expect(status).toBeGreaterThanOrEqual(400);
  }
});
