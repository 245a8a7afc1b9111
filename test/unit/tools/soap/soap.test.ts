import { expect, test } from 'vitest';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../../../shared/platform/json.ts';
import { jsonValue } from '../../../../shared/platform/json-text.ts';
import { readXml, XmlError } from '../../../../shared/platform/server/xml/read-xml.ts';
import { readAnswer } from '../../../../shared/tools/providers/soap/call/read-answer.ts';
import {
  compileOperation,
  listOperations,
} from '../../../../shared/tools/providers/soap/complete/read-wsdl.ts';
import { writeEnvelope } from '../../../../shared/tools/providers/soap/xml/write-xml.ts';
import { shopWsdl } from '../../../support/soap-shop.ts';

function compiled(wsdl = shopWsdl()) {
  const found = compileOperation(wsdl, 'PlaceOrder', []);
  if ('problem' in found) throw new Error(found.problem.message);
  return found;
}

function written(value: JsonValue, wsdl?: string): { body: string; issues: Issue[] } {
  const issues: Issue[] = [];
  const text = writeEnvelope(compiled(wsdl).compiled, value, issues, false);
  return { body: /<soap:Body>(.*)<\/soap:Body>/.exec(text)?.[1] ?? '', issues };
}

test('an envelope has the elements in the order of the WSDL, in their namespaces, with every value escaped', () => {
  const order = {
    gift: true,
    state: 'PAID',
    line: [
      { count: 2, sku: 'a<b>&"' },
      { sku: 'c', count: 1 },
    ],
    '@version': 3,
    total: { '@currency': 'EUR', '#text': 19.9 },
    paidAt: null,
    id: ']]></soap:Body>',
  };
  expect(written(order)).toEqual({
    issues: [],
    body: '<n0:PlaceOrder version="3"><n0:id>]]&gt;&lt;/soap:Body&gt;</n0:id><n0:total currency="EUR">19.9</n0:total><n0:line><n0:sku>a&lt;b&gt;&amp;&quot;</n0:sku><n0:count>2</n0:count></n0:line><n0:line><n0:sku>c</n0:sku><n0:count>1</n0:count></n0:line><n0:state>PAID</n0:state><n0:paidAt xsi:nil="true"/><n0:gift>true</n0:gift></n0:PlaceOrder>',
  });
  expect(written({ order: { id: 'o' } }, shopWsdl({ style: 'rpc' }))).toEqual({
    issues: [],
    body: '<n1:PlaceOrder><order><n0:id>o</n0:id></order></n1:PlaceOrder>'
      .replace('n1', 'n0')
      .replace('n1', 'n0'),
  });
});

test('what does not fit the operation is named at its place', () => {
  const { issues } = written({
    line: [{ sku: 'a', count: 'two' }],
    state: 'LOST',
    note: 'a',
    coupon: 'b',
    nothing: 1,
    total: { '#text': 'much' },
    part: { id: '\u0001' },
  });
  expect(issues.map(({ path, message }) => `${path} ${message}`).toSorted()).toEqual([
    '/coupon excludes note: the WSDL allows one of them',
    '/id is required by the WSDL',
    '/line/0/count must be a whole number',
    '/nothing is not part of the operation',
    '/part/id has a character that XML cannot carry',
    '/state must be one of OPEN, PAID',
    '/total/#text must be a number',
    '/total/@currency is required by the WSDL',
  ]);
});

test('the input schema of an operation has its types, lists, choices and attributes', () => {
  const { inputSchema } = compiled();
  expect(inputSchema).toMatchObject({
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: {
      id: { type: 'string' },
      '@version': { type: 'integer' },
      line: { type: 'array', items: { $ref: expect.stringMatching(/^#\/definitions\//) } },
      state: { enum: ['OPEN', 'PAID'] },
      paidAt: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      part: { $ref: expect.stringMatching(/^#\/definitions\//) },
    },
  });
  const listed = listOperations(shopWsdl());
  if ('problem' in listed) throw new Error(listed.problem);
  expect(JSON.parse(listed.operations.text)).toMatchObject([
    { key: 'PlaceOrder', version: '1.1', documentation: 'Places an order.', reason: null },
  ]);
});

function read(body: string, version: '1.1' | '1.2' = '1.1') {
  const { output, types } = compiled().compiled;
  const ns =
    version === '1.1'
      ? 'http://schemas.xmlsoap.org/soap/envelope/'
      : 'http://www.w3.org/2003/05/soap-envelope';
  const answer = readAnswer(
    `<e:Envelope xmlns:e="${ns}"><e:Body>${body}</e:Body></e:Envelope>`,
    output,
    types,
  );
  return 'output' in answer ? { output: jsonValue(answer.output) } : answer;
}

test('a response is read by its types: lists stay lists, numbers keep their digits, nil is null', () => {
  const { output } = read(
    '<PlaceOrderResponse xmlns="urn:shop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="2"><id>7</id><total currency="EUR">19.90</total><line><sku>a</sku><count>1</count></line><paidAt xsi:nil="true"/><big>9007199254740993</big><gift>true</gift><extra>x</extra></PlaceOrderResponse>',
  ) as { output: JsonValue };
  expect(JSON.stringify(output)).toBe(
    '{"@version":2,"id":"7","total":{"@currency":"EUR","#text":19.90},"line":[{"sku":"a","count":1}],"paidAt":null,"big":9007199254740993,"gift":true,"extra":"x"}',
  );
});

test('faults of both versions are read', () => {
  expect(
    read(
      '<e:Fault><faultcode>e:Client</faultcode><faultstring>No such sku</faultstring><detail><code>17</code></detail></e:Fault>',
    ),
  ).toEqual({ fault: { code: 'Client', message: 'No such sku', detail: { code: '17' } } });
  expect(
    read(
      '<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text xml:lang="en">Down</e:Text></e:Reason></e:Fault>',
      '1.2',
    ),
  ).toEqual({ fault: { code: 'Receiver', message: 'Down', detail: null } });
});

test('a DOCTYPE is refused anywhere, so that no entity is expanded and no file is read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}">${'<!ENTITY c "&b;&b;&b;">'}]><a>&c;</a>`;
  const file = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
  for (const text of [bomb, file]) expect(() => readXml(text)).toThrow(/DOCTYPE/);
  expect(() => readXml('<a>&unknown;</a>')).toThrow(XmlError);
  expect(() => readXml('<a>'.repeat(10_000))).toThrow(/nested deeper than 200/);
  expect(() => readXml('<a><b></a>')).toThrow(/not well-formed/);
  expect(readXml('<a>&lt;b&gt;</a>').text).toBe('<b>');
  expect(readAnswer(bomb, null, [])).toEqual({ problem: expect.stringContaining('DOCTYPE') });
});

test('what is not supported is named', () => {
  const problem = (wsdl: string) => {
    const found = compileOperation(wsdl, 'PlaceOrder', []);
    return 'problem' in found ? `${found.problem.field}: ${found.problem.message}` : null;
  };
  expect(problem('<a/>')).toBe('wsdl: The WSDL cannot be read: it is not a WSDL');
  expect(problem(shopWsdl().replaceAll('use="literal"', 'use="encoded"'))).toMatch(/SOAP encoding/);
  expect(problem(shopWsdl().replace('type="t:Money"', 'type="t:Missing"'))).toMatch(
    /^operation: The schema has no simpleType \{urn:shop\}Missing: if it is in a file that the WSDL imports/,
  );
  expect(problem(shopWsdl().replace('name="coupon"', 'name="note"'))).toMatch(/two elements named note/);
  const found = compileOperation(shopWsdl(), 'Nothing', []);
  expect(found).toEqual({
    problem: { field: 'operation', message: 'Unknown operation "Nothing" (there are PlaceOrder)' },
  });
});
