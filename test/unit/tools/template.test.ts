import { expect, test } from 'vitest';
import {
  jsonTemplateNames,
  parseTemplate,
  renderJson,
  renderText,
  templateNames,
} from '../../../shared/tools/template.ts';

test('a template lists its inputs, and doubled braces are literal braces', () => {
  expect(parseTemplate('a{b}c{{d}}')).toEqual([{ literal: 'a' }, { name: 'b' }, { literal: 'c{d}' }]);
  expect(templateNames('{a}{b}{a}{{c}}')).toEqual(['a', 'b']);
  expect(jsonTemplateNames({ '{key}': ['{a}', { x: 'b {b}' }], n: 1 })).toEqual(['a', 'b']);
});

test.each(['{', 'a{b', 'a}', '{}', '{a{b}}', '}{'])('%s is not a template', (text) => {
  expect(() => parseTemplate(text)).toThrow();
});

test('a string that is one name keeps the type of its input', () => {
  const inputs = { n: 12.5, o: { a: [1] }, z: null, f: false };
  expect(renderJson({ n: '{n}', text: '{n} EUR', o: '{o}', z: '{z}', f: '{f}' }, inputs)).toEqual({
    n: 12.5,
    text: '12.5 EUR',
    o: { a: [1] },
    z: null,
    f: false,
  });
});

test('a key whose input is absent is dropped', () => {
  expect(renderJson({ a: '{a}', b: 'x{b}', c: ['{a}', 1], d: { e: '{a}' } }, {})).toEqual({ c: [1], d: {} });
  expect(renderText('x{a}', {}, String)).toBeUndefined();
});

test('inherited properties are not inputs', () => {
  expect(renderJson('{constructor}', {})).toBeUndefined();
  const inputs = JSON.parse('{"__proto__": "x"}') as { [key: string]: string };
  expect(renderJson({ a: '{__proto__}' }, inputs)).toEqual({ a: 'x' });
  const copied = renderJson(JSON.parse('{"__proto__": "{v}"}'), { v: 1 });
  expect(Object.keys(copied as object)).toEqual(['__proto__']);
});
