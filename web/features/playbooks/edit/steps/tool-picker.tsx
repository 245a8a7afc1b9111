import { keepPreviousData } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { Bound } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import { Picker } from '../../parts/picker.tsx';

/** A tool by its name. */
export function ToolPicker(props: { pointer: string; label: string }) {
  const form = useDocumentForm();
  const [search, setSearch] = createSignal('');
  const query = useQuery(() => ({
    ...queries.tools.list({ q: search() || undefined, limit: 12 }),
    placeholderData: keepPreviousData,
  }));
  const options = () =>
    (query.isSuccess ? query.data.items : []).map((tool) => ({
      value: tool.name,
      label: tool.title,
      detail: tool.name,
    }));
  return (
    <Bound pointer={props.pointer} label={props.label} required>
      {(input) => (
        <Picker
          {...input}
          label={t('Tools')}
          text={form.text(props.pointer)}
          options={options()}
          loading={query.isFetching}
          placeholder={t('Search tools')}
          mono
          free
          onSearch={setSearch}
          onChoose={(option) => form.set(props.pointer, option?.value ?? '')}
        />
      )}
    </Bound>
  );
}
