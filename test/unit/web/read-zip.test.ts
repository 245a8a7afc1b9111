import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readZip } from '../../../web/features/tools/edit/apply-files/read-zip.ts';

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));

test('definitions are read from a .zip, in whatever folder they are; other files are left out', () => {
  const files = {
    'repository/definitions/tools/greet.yaml': 'name: greet — ä\n',
    'repository/definitions/connectors/hooks.yaml': 'name: hooks\n',
    'repository/README.md': '# Read me',
    'repository/definitions/tools/.hidden.yaml': 'name: hidden\n',
    '__MACOSX/definitions/tools/greet.yaml': 'of a file system',
  };
  expect(readZip(zip(files))).toEqual([
    { path: 'tools/greet.yaml', text: 'name: greet — ä\n' },
    { path: 'connectors/hooks.yaml', text: 'name: hooks\n' },
  ]);
});

test('what is no .zip, has no definitions, too many, or one of them twice is refused', () => {
  expect(() => readZip(strToU8('name: greet'))).toThrow('The file is no .zip, or it is damaged.');
  expect(() => readZip(zip({ 'a.yaml': '' }))).toThrow('The .zip has no .yaml files in domains, connectors');
  expect(() => readZip(zip({ 'a/tools/b.yaml': '1', 'c/tools/b.yaml': '2' }))).toThrow('tools/b.yaml twice');
  const many = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`tools/t${index}.yaml`, '']));
  expect(() => readZip(zip(many))).toThrow('more than 2,000 definitions');
  expect(() => readZip(zip({ 'tools/big.yaml': 'x'.repeat(33 * 1024 * 1024) }))).toThrow('more than 32 MB');
});
