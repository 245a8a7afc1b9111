import { expect, test } from 'vitest';
import { numberText } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { parseResponseBody } from '../../../shared/tools/providers/http/call/response-body.ts';

const read = (text: string | Buffer, schema?: unknown, contentType = 'application/xml') =>
  parseResponseBody(Buffer.from(text as string), contentType, 'xml', schema);

test('elements, attributes and text become JSON; several elements of one name are a list', () => {
  const xml = `<?xml version="1.0"?>
    <o:order xmlns:o="urn:o" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="7" xsi:type="o:x">
      <line sku="a">first</line><line><![CDATA[<second>]]></line>
      <note>&lt;b&gt; &#65;</note><empty/><none xsi:nil="true"/>
      <mixed>before <b>bold</b> after</mixed>
    </o:order>`;
  expect(read(xml)).toEqual({
    order: {
      '@id': '7',
      line: [{ '@sku': 'a', '#text': 'first' }, '<second>'],
      note: '<b> A',
      empty: '',
      none: null,
      mixed: { b: 'bold', '#text': 'before  after' },
    },
  });
});

test('the schema says what is a list, a number, a boolean or an object, through $ref too', () => {
  const schema = {
    type: 'object',
    properties: { order: { $ref: '#/$defs/order' } },
    $defs: {
      order: {
        type: 'object',
        properties: {
          '@paid': { type: 'boolean' },
          line: { type: 'array', items: { type: 'object', properties: { qty: { type: 'integer' } } } },
          tag: { type: 'array', items: { type: 'string' } },
          total: { type: ['number', 'null'] },
          tax: { type: ['number', 'null'] },
          rate: { type: 'number' },
          code: { type: 'string' },
          open: { type: 'boolean' },
          more: { type: 'object', properties: { x: { type: 'array' } } },
        },
      },
    },
  };
  const found = read(
    '<order paid="1"><line><qty> 002 </qty></line><total>9007199254740993.10</total><tax/><rate>n/a</rate><code>01</code><open>no</open><more/></order>',
    schema,
  );
  const { order } = found as { order: { total: unknown } };
  expect(isNumber(order.total as never) && numberText(order.total as never)).toBe('9007199254740993.10');
  expect(order).toMatchObject({
    '@paid': true,
    line: [{ qty: 2 }],
    tag: [],
    tax: null,
    rate: 'n/a',
    code: '01',
    open: 'no',
    more: { x: [] },
  });
});

test('the encoding is that of the content type, else that of the declaration', () => {
  const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>', 'latin1');
  expect(read(latin)).toEqual({ a: '\u00e9' });
  const utf8 = '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>';
  expect(read(utf8, undefined, 'text/xml; charset=utf-8')).toEqual({ a: '\u00e9' });
});

test.each([
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /DOCTYPE/],
  ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /DOCTYPE/],
  ['<a>&other;</a>', /not well-formed/],
  ['<a><b></a>', /not well-formed/],
  ['{"a": 1}', /The response is not XML that is read: it is not well-formed/],
  ['<a>'.repeat(300), /nested deeper than 200/],
])('what is hostile or no XML is refused: %s', (xml, message) => {
  expect(() => read(xml)).toThrow(message);
});

test('an empty body is null', () => {
  expect(read('')).toBeNull();
});
