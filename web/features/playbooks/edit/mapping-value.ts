import { readJson } from '../../../../shared/platform/read-json.ts';
import { readNumber } from '../../../kit/schema-form/read-number.ts';
import { fieldOf, type JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { t } from '../../../words/words.ts';

/** One line of an input mapping: a property of the input, and how its value is written. */
export interface MappingRow {
  name: string;
  /** In words: "number", "text", "list". */
  type: string;
  kind: 'text' | 'number' | 'boolean' | 'json';
  required: boolean;
  description: string;
  /** Values to suggest. */
  choices: string[];
}

const kinds: Record<string, { type: string; kind: MappingRow['kind'] }> = {
  string: { type: t('text'), kind: 'text' },
  number: { type: t('number'), kind: 'number' },
  boolean: { type: t('yes or no'), kind: 'boolean' },
  object: { type: t('object'), kind: 'json' },
  array: { type: t('list'), kind: 'json' },
};

/** The properties of an input schema; null where it is not an object with known properties. */
export function mappingRows(schema: JsonSchema): MappingRow[] | null {
  const object = fieldOf(schema, schema);
  if (object.kind !== 'object') return null;
  return object.properties.map(({ name, schema: property, required }) => {
    const field = fieldOf(schema, property);
    const known = kinds[field.kind] ?? { type: t('any'), kind: 'json' as const };
    const options = field.kind === 'enum' ? field.options.map((option) => option.value) : [];
    const texts = field.kind === 'enum' && options.every((value) => typeof value === 'string');
    return {
      name,
      ...known,
      ...(field.kind === 'number' && field.integer ? { type: t('whole number') } : {}),
      ...(texts ? { type: t('one of'), kind: 'text' as const } : {}),
      required,
      description: [field.title, field.description].filter(Boolean).join('. '),
      choices: field.kind === 'boolean' ? ['true', 'false'] : options.map(textOfValue),
    };
  });
}

/** A value as the text of one field. */
export const textOfValue = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The value that a text means; undefined for an empty one. Expressions stay texts. */
export function valueOfText(text: string, kind: MappingRow['kind']): unknown {
  if (text === '') return undefined;
  if (text.includes('${{') || kind === 'text') return text;
  const typed = text.trim();
  if (kind === 'number') return typed !== '' && Number.isFinite(Number(typed)) ? readNumber(typed) : text;
  if (kind === 'boolean') return typed === 'true' ? true : typed === 'false' ? false : text;
  try {
    return readJson(typed);
  } catch {
    return text;
  }
}
