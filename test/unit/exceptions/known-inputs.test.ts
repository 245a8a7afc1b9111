import { describe, expect, test } from 'vitest';
import { fileInputSchema } from '../../../shared/artifacts/artifact-schemas.ts';
import { type CaseValues, inputOf, knownInputs } from '../../../shared/exceptions/known-inputs.ts';
import { processorTime } from '../../support/processor-time.ts';

const reference = {
  artifact: '0192f0c1-7a00-7000-8000-000000000044',
  name: 'scan.pdf',
  contentType: 'application/pdf',
  bytes: 3,
  sha256: 'a'.repeat(64),
};
const values: CaseValues = {
  fields: { id: 'x1', number: 42, title: 'Stuck', source: null },
  attributes: { order_id: 'o1', Amount: 12, note: 'for [redacted:email]', nested: { id: 7 }, status: 'late' },
  files: [{ name: 'Delivery Note.pdf', reference }],
  outputs: [
    {
      executionId: 'e2',
      tool: 'find_order',
      toolTitle: 'Find order',
      output: { trackingId: 't2', orderId: 'o9' },
    },
    { executionId: 'e1', tool: 'find_order', toolTitle: 'Find order', output: { trackingId: 't1' } },
  ],
};
const known = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  knownInputs({ type: 'object', properties, ...more }, values);
const text = { type: 'string' };

describe('the inputs that an exception knows', () => {
  test('have exactly the name of an attribute, whatever its case and underscores; an attribute goes before an output', () => {
    expect(known({ orderId: text, AMOUNT: {}, order: text, orderIds: text })).toEqual([
      { path: '/orderId', value: 'o1', from: { kind: 'attribute', name: 'order_id' } },
      { path: '/AMOUNT', value: 12, from: { kind: 'attribute', name: 'Amount' } },
    ]);
  });

  test('are its number, an attached file of that name, and the latest output of its executions', () => {
    expect(known({ exception_number: {}, delivery_note: fileInputSchema, tracking_id: text })).toEqual([
      { path: '/exception_number', value: 42, from: { kind: 'field', name: 'number' } },
      { path: '/delivery_note', value: reference, from: { kind: 'file', name: 'Delivery Note.pdf' } },
      {
        path: '/tracking_id',
        value: 't2',
        from: { kind: 'output', name: 'trackingId', executionId: 'e2', toolTitle: 'Find order' },
      },
    ]);
  });

  test('follow what the author of the tool has mapped, also deeper and through references', () => {
    const from = (mapping: string) => ({ type: 'string', 'x-from': mapping });
    const found = known(
      {
        ref: from('case.attributes.order_id'),
        headline: from('exception.title'),
        inner: { $ref: '#/$defs/inner' },
        file: { ...fileInputSchema, 'x-from': 'case.files.delivery_note' },
        // Not there, or not a mapping.
        a: from('case.attributes.constructor'),
        b: from('case.secret'),
        c: from('tenant.name'),
        title: text,
      },
      {
        $defs: {
          inner: { type: 'object', properties: { track: from('case.outputs.find_order.orderId'), id: {} } },
        },
      },
    );
    expect(inputOf(found)).toEqual({
      ref: 'o1',
      headline: 'Stuck',
      inner: { track: 'o9' },
      file: reference,
    });
  });

  test('are never secrets, nor what was redacted, nor one of several that fit', () => {
    const secret = { type: 'string', writeOnly: true };
    expect(
      known({
        orderId: { ...secret, 'x-from': 'case.attributes.order_id' },
        note: text,
        nested: { type: 'object', properties: { id: { 'x-secret': true } } },
      }),
    ).toEqual([]);
    const two = { ...values, attributes: { order_id: 1, orderId: 2 }, outputs: [] };
    expect(knownInputs({ properties: { ORDER_ID: {} } }, two)).toEqual([]);
  });

  test('keep a hostile name in its place', () => {
    const schema = JSON.parse('{"properties": {"__proto__": {"x-from": "case.title"}, "constructor": {}}}');
    const input = inputOf(knownInputs(schema, values));
    expect(Object.getOwnPropertyNames(input)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  });

  test('of schemas whose parts name each other, and of many names, are found without trying every way', () => {
    const many = <T>(of: (n: number) => T): T[] => Array.from({ length: 60 }, (_, n) => of(n));
    const next = (n: number) => ({ $ref: `#/definitions/d${n + 1}` });
    const definitions = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [
        `d${n}`,
        n % 2
          ? { allOf: many(() => next(n)) }
          : { properties: Object.fromEntries(many((p) => [`p${p}`, next(n)] as const)) },
      ]),
    );
    const wide = Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`field_${n}`, text]));
    const output = Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`value_${n}`, n]));
    const outputs = Array.from({ length: 20 }, () => ({ ...values.outputs[0]!, output: { ...output } }));
    const took = processorTime();
    expect(known({ orderId: text, deep: next(-1) }, { definitions })).toHaveLength(1);
    expect(knownInputs({ properties: { orderId: text, ...wide } }, { ...values, outputs })).toHaveLength(1);
    expect(took()).toBeLessThan(2000);
  });
});
