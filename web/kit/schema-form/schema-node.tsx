import { type Component, createMemo } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../../words/words.ts';
import { ArrayField } from './array-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { FileField } from './file-field.tsx';
import { type NodeProps, type SchemaNodeProps, useForm } from './form-context.ts';
import { JsonField } from './json-field.tsx';
import { ObjectField } from './object-field.tsx';
import { BooleanField, ConstField, EnumField, NumberField } from './scalar-fields.tsx';
import { fieldOf, type SchemaField } from './schema-field.ts';
import { StringField } from './string-field.tsx';

const fields: { [Kind in SchemaField['kind']]: Component<NodeProps<Kind>> } = {
  string: StringField,
  number: NumberField,
  boolean: BooleanField,
  enum: EnumField,
  const: ConstField,
  object: ObjectField,
  array: ArrayField,
  choice: ChoiceField,
  file: FileField,
  json: JsonField,
};

/** One place of a document, shown by its schema. */
export function SchemaNode(props: SchemaNodeProps) {
  const form = useForm();
  const field = createMemo(() => fieldOf(form.root(), props.schema));
  const label = () => props.label ?? field().title ?? props.name ?? t('Value');
  return (
    <Dynamic
      // The registry pairs each kind with its component, which the type of `Dynamic` cannot express.
      component={fields[field().kind] as Component<NodeProps>}
      schema={props.schema}
      field={field()}
      pointer={props.pointer}
      label={label()}
      name={field().title && props.name !== field().title ? props.name : undefined}
      required={props.required}
      bare={props.bare}
    />
  );
}
