import { For, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import type { TargetKind } from '../../../../shared/schedules/schedule-schemas.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { kindWords } from '../parts/schedule-words.ts';
import { emptyBatch, type ScheduleDraft } from './schedule-draft.ts';
import { TargetInput } from './target-input.tsx';

const places: Record<TargetKind, string> = {
  tool: '/target/payload',
  playbook: '/target/input',
  batch: '/target/batch',
};

/** What a schedule starts. */
export function TargetFields(props: {
  draft: ScheduleDraft;
  change: (change: Partial<ScheduleDraft>) => void;
  issues: readonly Issue[];
}) {
  const draft = () => props.draft;
  const tools = useQuery(() => queries.tools.list({ limit: 200, scope: 'all', status: 'enabled' }));
  const playbooks = useQuery(() => queries.playbooks.list({ limit: 200, status: 'published' }));
  const choices = () => {
    const query = draft().kind === 'tool' ? tools : playbooks;
    return query.isSuccess ? query.data.items : [];
  };
  const issueAt = (path: string) => props.issues.find((issue) => issue.path === path)?.message;
  const inside = () =>
    props.issues
      .filter(({ path }) => path.startsWith(places[draft().kind]))
      .map((issue) => ({ ...issue, path: issue.path.slice(places[draft().kind].length) }));
  return (
    <fieldset class="flex flex-col gap-4">
      <legend class="pb-2 font-medium">{t('What')}</legend>
      <div class="grid grid-cols-3 gap-4 max-md:grid-cols-1">
        <Field label={t('Starts')}>
          {(attributes) => (
            <select
              {...attributes}
              class={inputClass}
              value={draft().kind}
              onChange={(event) => {
                const kind = event.currentTarget.value as TargetKind;
                props.change({ kind, targetId: '', json: kind === 'batch' ? emptyBatch : '{}' });
              }}
            >
              <For each={Object.entries(kindWords)}>
                {([value, label]) => (
                  <option value={value} selected={value === draft().kind}>
                    {label}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Show when={draft().kind !== 'batch'}>
          <Field
            label={kindWords[draft().kind]}
            required
            error={issueAt('/target/toolId') ?? issueAt('/target/playbook')}
          >
            {(attributes) => (
              <select
                {...attributes}
                class={inputClass}
                value={draft().targetId}
                onChange={(event) => props.change({ targetId: event.currentTarget.value })}
              >
                <option value="">{t('Choose')}</option>
                <For each={choices()}>
                  {(each) => (
                    <option value={each.id} selected={each.id === draft().targetId}>
                      {each.title}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </Show>
        <TextInput
          label={t('Title')}
          value={draft().title}
          onInput={(title) => props.change({ title })}
          maxLength={200}
          placeholder={choices().find(({ id }) => id === draft().targetId)?.title ?? ''}
        />
      </div>
      <Show when={draft().kind === 'batch' || draft().targetId !== ''}>
        <TargetInput draft={draft()} change={props.change} issues={inside()} />
      </Show>
    </fieldset>
  );
}
