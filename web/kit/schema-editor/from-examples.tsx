import { createSignal, Show } from 'solid-js';
import { api, type Outputs } from '../../api/trpc.ts';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { Diff } from '../diff/diff.tsx';
import { FailureNote } from '../failure-note.tsx';
import { Field, inputClass } from '../field.tsx';
import { formatJson } from '../json-editor/json-document.ts';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import { createSubmission } from '../submission.ts';
import { SubmitDialog } from '../submit-dialog.tsx';

type Inferred = Outputs['tools']['inferSchema'];

/** Makes a schema of examples, and shows what it changes before it is taken. */
export default function FromExamples(props: {
  schema: JsonSchema;
  of: 'input' | 'output';
  lastExample: (() => Promise<unknown>) | undefined;
  onApply: (schema: JsonSchema) => void;
  onClose: () => void;
}) {
  let input: HTMLTextAreaElement | undefined;
  const [text, setText] = createSignal('');
  const [enums, setEnums] = createSignal(false);
  const [none, setNone] = createSignal(false);
  const [inferred, setInferred] = createSignal<Inferred | null>(null);
  const make = createSubmission(async () => {
    setInferred(await api.tools.inferSchema.mutate({ text: text(), enums: enums(), of: props.of }));
  });
  const last = createSubmission(async () => {
    const example = await props.lastExample?.();
    setNone(example === null || example === undefined);
    if (!none()) change(formatJson(example));
  });
  const change = (next: string) => {
    setText(next);
    setInferred(null);
  };
  const issue = () => make.error()?.issues.find(({ path }) => path === '/text')?.message;
  /** What the examples do not say stays closed to other fields. */
  const next = (schema: JsonSchema): JsonSchema =>
    props.schema.additionalProperties === false && schema.properties
      ? { ...schema, additionalProperties: false }
      : schema;
  const submit = () => {
    const found = inferred();
    if (!found) return void make.submit();
    props.onApply(next(found.schema));
    props.onClose();
  };
  return (
    <SubmitDialog
      title={t('Schema from examples')}
      description={t('Paste one or several JSON values. Every one of them will match the schema.')}
      width="760px"
      verb={inferred() ? t('Use this schema') : t('Make the schema')}
      busy={make.busy()}
      ready={text().trim() !== ''}
      onSubmit={submit}
      onOpened={() => input?.focus()}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Field
          label={t('Examples')}
          error={issue() ? t`The text ${issue()}.` : none() ? t('There is no response yet.') : undefined}
        >
          {(field) => (
            <textarea
              {...field}
              ref={input}
              rows={8}
              spellcheck={false}
              autocomplete="off"
              placeholder={'{"id": 1}\n{"id": 2, "note": null}'}
              value={text()}
              onInput={(event) => change(event.currentTarget.value)}
              class={`${inputClass} h-auto py-1 font-mono text-sm`}
            />
          )}
        </Field>
        <div class="flex flex-wrap items-center gap-3">
          <Show when={props.lastExample}>
            <Button busy={last.busy()} onClick={() => void last.submit()}>
              {t('Use the last response as example')}
            </Button>
          </Show>
          <label class="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              class="accent-accent-fill"
              checked={enums()}
              onChange={(event) => {
                setEnums(event.currentTarget.checked);
                setInferred(null);
              }}
            />
            {t('Offer texts that repeat as choices')}
          </label>
        </div>
        <Show when={!issue()}>
          <FailureNote failed={t('No schema was made.')} error={make.error()} />
        </Show>
        <FailureNote failed={t('The last response could not be loaded.')} error={last.error()} />
        <Show when={inferred()}>
          {(found) => (
            <>
              <Show when={found().secrets.length > 0}>
                <p role="status">
                  {t`These names look like secrets, so their values will be hidden: ${found().secrets.map(nameOf).join(', ')}.`}
                </p>
              </Show>
              <Diff
                label={t('Schema before and after')}
                before={formatJson(props.schema)}
                after={formatJson(next(found().schema))}
              />
            </>
          )}
        </Show>
      </div>
    </SubmitDialog>
  );
}

/** The last step of a pointer. */
const nameOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
