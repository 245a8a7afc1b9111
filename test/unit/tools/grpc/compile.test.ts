import { expect, test } from 'vitest';
import { ExactNumber } from '../../../../shared/platform/exact-number.ts';
import { readJson } from '../../../../shared/platform/read-json.ts';
import { decodeMessage, encodeMessage } from '../../../../shared/tools/providers/grpc/call/messages.ts';
import {
  compileMethod,
  type DescribedMethod,
  listMethods,
} from '../../../../shared/tools/providers/grpc/complete/compile-method.ts';
import type { CompiledMethod } from '../../../../shared/tools/providers/grpc/config.ts';
import { shopProto } from '../../../support/grpc-shop.ts';

function compiled(method: string, proto = shopProto): CompiledMethod {
  const found = compileMethod({ proto }, 'shop.v1.Orders', method, []);
  if ('problem' in found) throw new Error(found.problem.message);
  return found.compiled;
}

const methods = (proto: string): DescribedMethod[] => {
  const found = listMethods({ proto });
  if ('problem' in found) throw new Error(found.problem);
  return JSON.parse(found.methods.text);
};

test('a method of .proto text is compiled to what its calls need, and says what may be called twice', () => {
  expect(compiled('GetOrder')).toMatchObject({
    path: 'shop.v1.Orders/GetOrder',
    streaming: false,
    idempotency: 'no_side_effects',
  });
  expect(compiled('WatchOrders')).toMatchObject({ streaming: true, idempotency: 'unknown' });
  expect(compiled('PutOrder').idempotency).toBe('idempotent');
  // What the method does not reach is left out.
  expect(Buffer.from(compiled('GetOrder').descriptors, 'base64').toString()).not.toContain('Unreached');
});

test('a message is written and read back: numbers keep their digits, bytes are base64, enums have names', () => {
  const sent = {
    id: 'o-1',
    cents: readJson('9007199254740993'),
    weight: 1.5,
    state: 'STATE_PAID',
    labels: { a: 'x', b: 'y' },
    raw: Buffer.from([1, 2, 255]).toString('base64'),
    placedAt: '2026-01-02T03:04:05Z',
    took: '1.500s',
    lines: [{ sku: 'a', count: 2 }],
    note: 'nothing',
    extra: { deep: [1, null, 'x'] },
    children: { id: 'o-2' },
  };
  expect(sent.cents).toBeInstanceOf(ExactNumber);
  const order = compiled('PutOrder');
  expect(decodeMessage(order, encodeMessage(order, sent))).toMatchObject({
    ...sent,
    cents: '9007199254740993',
    children: { id: 'o-2', lines: [], labels: {} },
  });
});

test('what does not fit its type is refused with the place and without the value', () => {
  const order = compiled('PutOrder');
  expect(() => encodeMessage(order, { cents: 'secret-value' })).toThrow(
    'The message does not fit shop.v1.Order: shop.v1.Order.cents has another type or is out of range',
  );
  expect(() => encodeMessage(order, { nothing: 1 })).toThrow('it has no field nothing');
  expect(() => encodeMessage(order, { note: 'a', coupon: 'b' })).toThrow(/does not fit shop.v1.Order/);
});

test('a method that is not there, or takes a stream, is refused at its field', () => {
  const problem = (service: string, method: string) => {
    const found = compileMethod({ proto: shopProto }, service, method, []);
    return 'problem' in found ? found.problem : null;
  };
  expect(problem('shop.v1.Nothing', 'GetOrder')).toEqual({
    field: 'service',
    message: 'Unknown service "shop.v1.Nothing" (there are shop.v1.Orders)',
  });
  expect(problem('shop.v1.Orders', 'Nothing')).toMatchObject({
    field: 'method',
    message: expect.stringMatching(/^Unknown method "Nothing" \(there are GetOrder, /),
  });
  expect(problem('shop.v1.Orders', 'UploadOrders')).toMatchObject({
    field: 'method',
    message: expect.stringContaining('takes a stream of requests'),
  });
});

test('the input schema of a method has the names, types and choices of its message', () => {
  const [get] = methods(shopProto);
  expect(get).toMatchObject({ service: 'shop.v1.Orders', method: 'GetOrder', kind: 'unary' });
  expect(get?.inputSchema).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: { orderId: { type: 'string' }, depth: { type: 'integer', minimum: -2147483648 } },
  });
  const put = methods(shopProto).find(({ method }) => method === 'PutOrder');
  expect(put?.inputSchema).toMatchObject({
    properties: {
      cents: { type: ['integer', 'string'] },
      state: { enum: ['STATE_UNKNOWN', 'STATE_PAID'] },
      placedAt: { type: 'string', format: 'date-time' },
      lines: { type: 'array', items: { $ref: '#/definitions/shop.v1.Order.Line' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      note: { description: 'One of note, coupon' },
    },
    definitions: { 'shop.v1.Order': { properties: { children: { $ref: '#/definitions/shop.v1.Order' } } } },
  });
});

test('several files are read one after the other, and an import that only brings options may be missing', () => {
  const two = `syntax = "proto3";
package common.v1;
message Money { string currency = 1; int64 units = 2; }
syntax = "proto3";
package shop.v1;
import "common/money.proto";
import "google/api/annotations.proto";
service Orders {
  rpc Price(common.v1.Money) returns (common.v1.Money) { option (google.api.http) = { get: "/price" }; }
}`;
  const price = compiled('Price', two);
  expect(decodeMessage(price, encodeMessage(price, { currency: 'EUR', units: '5' }))).toEqual({
    currency: 'EUR',
    units: '5',
  });
});

test('documents that cannot be read say so, at their field', () => {
  const problem = (source: { proto?: string; descriptors?: string }) => {
    const found = compileMethod(source, 'shop.v1.Orders', 'GetOrder', []);
    return 'problem' in found ? `${found.problem.field}: ${found.problem.message}` : null;
  };
  expect(problem({ proto: 'syntax = "proto3"; message {' })).toMatch(
    /^proto: The \.proto text cannot be read/,
  );
  expect(problem({ proto: 'syntax = "proto3"; message A { Missing b = 1; }' })).toMatch(
    /^proto: The \.proto text is incomplete: .*Missing/,
  );
  expect(problem({ descriptors: 'AAAA' })).toMatch(/^descriptors: /);
  expect(problem({ descriptors: Buffer.alloc(1000, 0x1f).toString('base64') })).toMatch(/^descriptors: /);
  const deep = `syntax = "proto3"; ${'message A { '.repeat(20_000)}${'}'.repeat(20_000)}`;
  expect(problem({ proto: deep })).toMatch(/^proto: /);
});
