/** Short forms for the JSON Schemas of the templates. */
type Schema = Record<string, unknown>;

export const object = (properties: Record<string, Schema>, required: string[]): Schema => ({
  type: 'object',
  required,
  properties,
});
export const text = (title: string, more: Schema = {}): Schema => ({
  type: 'string',
  title,
  minLength: 1,
  ...more,
});
export const oneOf = (title: string, values: string[]): Schema => ({ type: 'string', title, enum: values });
export const yesNo = (title: string): Schema => ({ type: 'boolean', title });
