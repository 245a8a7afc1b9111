import { expect, test } from 'vitest';
import { artifactsIn } from '../../../shared/artifacts/artifact-references.ts';
import { fileInputSchema } from '../../../shared/artifacts/artifact-schemas.ts';
import { kindOf, setKind } from '../../../web/kit/schema-editor/property-rows.ts';
import { checkValue } from '../../../web/kit/schema-form/check-value.ts';
import { fieldOf } from '../../../web/kit/schema-form/schema-field.ts';

const reference = {
  artifact: '0192f0c1-7a00-7000-8000-000000000044',
  name: 'june.csv',
  contentType: 'text/csv',
  bytes: 18,
  sha256: 'ab'.repeat(32),
};

test('an input becomes a file and another kind again, and keeps its words', () => {
  const file = setKind({ type: 'string', title: 'Report' }, 'file');
  expect(file).toEqual({ ...fileInputSchema, title: 'Report' });
  expect([kindOf(file), fieldOf(file, file).kind]).toEqual(['file', 'file']);
  expect(setKind(file, 'text')).toEqual({ type: 'string', title: 'Report' });
});

test('a form takes only a file that says what it is', () => {
  expect(checkValue(fileInputSchema, fileInputSchema, reference)).toEqual([]);
  expect(checkValue(fileInputSchema, fileInputSchema, { artifact: 'x' })).toMatchObject([
    { message: 'The value must be a file' },
  ]);
});

test('the files of a payload are found wherever they are, each once', () => {
  expect(artifactsIn({ a: [reference, { b: reference }], c: { artifact: 'no' }, d: null })).toEqual([
    reference,
  ]);
  expect(artifactsIn('text')).toEqual([]);
});
