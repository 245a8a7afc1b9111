import { keepPreviousData } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { Bound, SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
import { textOf } from '../../parts/outline.ts';
import { Picker } from '../../parts/picker.tsx';
import { InputMapping } from '../input-mapping.tsx';
import type { StepForm } from './step-form.ts';

export const playbookForm: StepForm = {
  Fields: SubPlaybookFields,
  summary: (step) => ({ text: textOf(step, 'playbook'), mono: true }),
};

/** Another playbook, run to its end as one step. */
function SubPlaybookFields(props: { path: string }) {
  const form = useDocumentForm();
  const at = (key: string) => `${props.path}/${key}`;
  const [search, setSearch] = createSignal('');
  const name = () => form.text(at('playbook'));
  const list = useQuery(() => ({
    ...queries.playbooks.list({ q: search() || undefined, status: 'published', limit: 12 }),
    placeholderData: keepPreviousData,
  }));
  const named = useQuery(() => ({
    ...queries.playbooks.list({ q: name(), limit: 20 }),
    enabled: name() !== '',
  }));
  const id = () =>
    named.isSuccess ? named.data.items.find((playbook) => playbook.name === name())?.id : undefined;
  const playbook = useQuery(() => ({
    ...queries.playbooks.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
  }));
  const schema = () => {
    const found = playbook.isSuccess && id() !== undefined ? playbook.data.document?.inputSchema : undefined;
    return isObject(found) ? found : null;
  };
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <Bound
          pointer={at('playbook')}
          label={t('Playbook')}
          required
          help={t('Runs the version that is published when the step starts.')}
        >
          {(input) => (
            <Picker
              {...input}
              label={t('Playbooks')}
              text={name()}
              options={(list.isSuccess ? list.data.items : []).map((each) => ({
                value: each.name,
                label: each.title,
                detail: each.name,
              }))}
              loading={list.isFetching}
              placeholder={t('Search playbooks')}
              mono
              free
              onSearch={setSearch}
              onChoose={(option) => form.set(at('playbook'), option?.value ?? '')}
            />
          )}
        </Bound>
        <SelectField
          pointer={at('onFailure')}
          label={t('On failure')}
          otherwise="abort"
          options={[
            { value: 'abort', label: t('Abort this run') },
            { value: 'skip', label: t('Skip the step') },
          ]}
        />
      </div>
      <InputMapping pointer={at('input')} stepPath={props.path} schema={schema()} none={undefined} />
    </>
  );
}
