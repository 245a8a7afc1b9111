import { onMount } from 'solid-js';
import { t } from '../../words/words.ts';
import { setAt } from '../schema-form/json-edit.ts';
import { TextField } from './bound-fields.tsx';
import { type Document, useDocumentForm } from './document-form.ts';
import { nameFromTitle } from './name-from-title.ts';

/** Title and name. The name of a new document follows its title until the person changes it. */
export function TitleAndName(props: {
  isNew: boolean;
  titleRequired?: boolean;
  titlePlaceholder: string;
  namePlaceholder: string;
  nameHelp: string;
}) {
  const form = useDocumentForm();
  let fields: HTMLDivElement | undefined;
  const setTitle = (title: string) => {
    const follows = props.isNew && form.text('/name') === nameFromTitle(form.text('/title'));
    const titled = setAt(form.value(), '/title', title) as Document;
    form.document.replace(follows ? { ...titled, name: nameFromTitle(title) } : titled);
  };
  onMount(() => {
    if (props.isNew) setTimeout(() => fields?.querySelector('input')?.focus(), 0);
  });
  return (
    <div ref={fields} class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
      <TextField
        pointer="/title"
        label={t('Title')}
        required={props.titleRequired ?? false}
        placeholder={props.titlePlaceholder}
        onText={setTitle}
      />
      <TextField
        pointer="/name"
        label={t('Name')}
        mono
        required
        placeholder={props.namePlaceholder}
        help={props.nameHelp}
      />
    </div>
  );
}
