import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { createSignal, For, Show } from 'solid-js';
import type { failurePolicies } from '../../../../shared/batches/batch-schemas.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { api, type Inputs, type Outputs, queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { BatchPreview } from './batch-preview.tsx';

const from = '/t/$tenant/batches/new';

/** One tool over the rows of a CSV: check it, look at every request, then start it, if wanted with a sample. */
export default function NewBatchPage() {
  const params = useParams({ from });
  const navigate = useNavigate();
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  useTitle(() => t('New batch'));
  const tools = useQuery(() => queries.tools.list({ limit: 200, scope: 'all', status: 'enabled' }));
  const [toolId, setToolId] = createSignal('');
  const [title, setTitle] = createSignal('');
  const [csv, setCsv] = createSignal('');
  const [key, setKey] = createSignal('');
  const [sample, setSample] = createSignal('');
  const [perMinute, setPerMinute] = createSignal('');
  const [onFailure, setOnFailure] = createSignal<(typeof failurePolicies)[number]>('stop');
  const [checked, setChecked] = createSignal<Outputs['batches']['check'] | null>(null);
  const columns = () =>
    (csv().split(/\r?\n/, 1)[0] ?? '')
      .split(',')
      .map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
      .filter((name) => name !== '');
  const chosen = () => (tools.isSuccess ? tools.data.items.find(({ id }) => id === toolId()) : undefined);
  const input = (): Inputs['batches']['check'] => ({
    forEach: { toolId: toolId(), csv: csv(), ...(key() !== '' && { key: key() }) },
    onFailure: onFailure(),
    ...(title().trim() !== '' && { title: title().trim() }),
    ...(sample().trim() !== '' && { sample: sample().trim() }),
    ...(perMinute().trim() !== '' && { perMinute: perMinute().trim() }),
  });
  /** What was checked is not what the form says any more. */
  const edit =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setChecked(null);
      set(value);
    };
  const check = createSubmission(async () => setChecked(await api.batches.check.mutate(input())));
  const start = createSubmission(async () => {
    const previewDigest = checked()!.digest;
    const batch = await api.batches.create.mutate({
      ...input(),
      previewDigest,
      waitMs: 0,
      // A second click starts nothing.
      idempotencyKey: `page/${previewDigest}`,
    });
    client.setQueryData(queries.batches.get({ id: batch.id }).queryKey, batch);
    await navigate({
      to: '/t/$tenant/batches/$batchId',
      params: { tenant: params().tenant, batchId: batch.id },
    });
  });
  const issues = () => (check.error() ?? start.error())?.issues ?? [];
  const issueAt = (path: string) => issues().find((issue) => issue.path === path)?.message;

  return (
    <>
      <PageHeader
        title={t('New batch')}
        back={
          <Link
            to="/t/$tenant/batches"
            params={{ tenant: params().tenant }}
            search={{}}
            class="hover:text-text"
          >
            {t('Batches')}
          </Link>
        }
      />
      <Show
        when={!me() || can('tools.execute')}
        fallback={
          <EmptyState title={t('You cannot start batches')}>
            {t('Only operators can do this. A tenant admin can give you the role.')}
          </EmptyState>
        }
      >
        <PageBody>
          <form
            class="flex max-w-220 flex-col gap-4 px-6 max-sm:px-4 py-5"
            onSubmit={(event) => {
              event.preventDefault();
              void check.submit();
            }}
          >
            <p class="max-w-[68ch] text-muted">
              {t('A tool is executed once for each row. You see every request before anything is sent.')}
            </p>
            <div class="grid grid-cols-2 gap-4 max-md:grid-cols-1">
              <Field label={t('Tool')} required error={issueAt('/forEach/rows/0/toolId')}>
                {(attributes) => (
                  <select
                    {...attributes}
                    class={inputClass}
                    value={toolId()}
                    onChange={(event) => edit(setToolId)(event.currentTarget.value)}
                  >
                    <option value="">{t('Choose a tool')}</option>
                    <For each={tools.isSuccess ? tools.data.items : []}>
                      {(tool) => (
                        <option value={tool.id} selected={tool.id === toolId()}>
                          {tool.title}
                        </option>
                      )}
                    </For>
                  </select>
                )}
              </Field>
              <TextInput
                label={t('Title')}
                value={title()}
                onInput={edit(setTitle)}
                maxLength={200}
                placeholder={chosen() ? `${chosen()!.title} × …` : ''}
              />
            </div>
            <label class="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span class="font-medium text-sm">{t('CSV file')}</span>
              <input
                type="file"
                accept=".csv,text/csv"
                onChange={async (event) => {
                  const file = event.currentTarget.files?.[0];
                  if (file) edit(setCsv)(await file.text());
                }}
              />
            </label>
            <TextInput
              label={t('or its text')}
              rows={8}
              mono
              spellcheck={false}
              value={csv()}
              onInput={edit(setCsv)}
              placeholder={'paymentId,amount\npay_1,12.50'}
              error={issueAt('/forEach/csv')}
              help={t(
                'The first line names the inputs of the tool; each further line is a row, at most 1,000. An empty cell is left out.',
              )}
            />
            <div class="grid grid-cols-4 gap-4 max-md:grid-cols-1">
              <Field label={t('Once for each')} help={t('In later batches too.')}>
                {(attributes) => (
                  <select
                    {...attributes}
                    class={inputClass}
                    value={key()}
                    onChange={(event) => edit(setKey)(event.currentTarget.value)}
                  >
                    <option value="">{t('Row')}</option>
                    <For each={columns()}>
                      {(column) => (
                        <option value={column} selected={column === key()}>
                          {column}
                        </option>
                      )}
                    </For>
                  </select>
                )}
              </Field>
              <TextInput
                label={t('Sample')}
                value={sample()}
                onInput={edit(setSample)}
                placeholder="all"
                help={t('Pauses after so many rows.')}
                error={issueAt('/sample')}
              />
              <TextInput
                label={t('Rows in a minute')}
                value={perMinute()}
                onInput={edit(setPerMinute)}
                placeholder={t('no limit')}
                error={issueAt('/perMinute')}
              />
              <Field label={t('After a failure')}>
                {(attributes) => (
                  <select
                    {...attributes}
                    class={inputClass}
                    value={onFailure()}
                    onChange={(event) =>
                      edit(setOnFailure)(event.currentTarget.value as (typeof failurePolicies)[number])
                    }
                  >
                    <option value="stop">{t('Stop')}</option>
                    <option value="continue">{t('Continue')}</option>
                    <option value="undo">{t('Stop, and undo what was done')}</option>
                  </select>
                )}
              </Field>
            </div>
            <FailureNote failed={t('Nothing was started.')} error={check.error() ?? start.error()}>
              <ul class="mt-1 flex flex-col gap-0.5">
                <For each={issues().slice(0, 20)}>
                  {(issue) => (
                    <li>
                      <span class="font-mono text-sm">{placeOf(issue.path)}</span> {said(issue.message)}
                    </li>
                  )}
                </For>
              </ul>
              <Show when={issues().length > 20}>
                <p>{t`and ${issues().length - 20} more`}</p>
              </Show>
            </FailureNote>
            <div>
              <Button
                variant={checked() ? 'plain' : 'primary'}
                type="submit"
                busy={check.busy()}
                disabled={toolId() === '' || csv().trim() === ''}
              >
                {t('Preview')}
              </Button>
            </div>
          </form>
          <Show when={checked()}>
            {(preview) => (
              <BatchPreview preview={preview()} busy={start.busy()} onStart={() => void start.submit()} />
            )}
          </Show>
        </PageBody>
      </Show>
    </>
  );
}

/** "row 3, amount" */
const placeOf = (path: string): string => {
  const row = /^\/forEach\/rows\/(\d+)(?:\/(.*))?$/.exec(path);
  return row
    ? row[2]
      ? t`row ${Number(row[1]) + 1}, ${row[2]}:`
      : t`row ${Number(row[1]) + 1}:`
    : `${path}:`;
};
