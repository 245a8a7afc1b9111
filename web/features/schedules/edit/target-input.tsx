import { createMemo, createSignal, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { SchemaForm } from '../../../kit/schema-form/schema-form.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { hasFields, inputSchemaOf } from '../../playbooks/parts/input-schema.ts';
import { jsonIssue, parsed, type ScheduleDraft } from './schedule-draft.ts';

const labels: Record<ScheduleDraft['kind'], string> = {
  tool: t('Inputs'),
  playbook: t('Input'),
  batch: t('Batch'),
};

/** What a scheduled tool, playbook or batch is given: a form where its schema has fields, and its JSON. */
export function TargetInput(props: {
  draft: ScheduleDraft;
  change: (change: Partial<ScheduleDraft>) => void;
  /** With paths inside the input. */
  issues: readonly Issue[];
}) {
  const [asJson, setAsJson] = createSignal(false);
  const schema = useInputSchema(() => props.draft);
  const value = createMemo(() => parsed(props.draft.json));
  const shown = () => {
    const of = schema();
    const input = value();
    return !asJson() && input && of && hasFields(of) ? { schema: of, input: input.value } : null;
  };
  const switchable = () => {
    const of = schema();
    return of !== undefined && hasFields(of);
  };
  const inWords = () =>
    props.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  return (
    <div class="flex flex-col gap-2">
      <Show
        when={shown()}
        fallback={
          <TextInput
            label={t`${labels[props.draft.kind]} (JSON)`}
            rows={6}
            mono
            spellcheck={false}
            value={props.draft.json}
            onInput={(json) => props.change({ json })}
            error={jsonIssue(props.draft) ?? (inWords() || undefined)}
            help={props.draft.kind === 'batch' ? t('As POST /api/batches takes it.') : undefined}
          />
        }
      >
        {(form) => (
          <SchemaForm
            schema={form().schema}
            value={form().input}
            onChange={(pointer, next) =>
              props.change({ json: formatJson(setAt(form().input, pointer, next)) })
            }
            issues={props.issues}
            label={labels[props.draft.kind]}
          />
        )}
      </Show>
      <Show when={switchable()}>
        <div>
          <Button variant="quiet" disabled={value() === null} onClick={() => setAsJson(!asJson())}>
            {asJson() ? t('Edit as a form') : t('Edit as JSON')}
          </Button>
        </div>
      </Show>
    </div>
  );
}

/** Undefined: it is not chosen, not loaded, or has none. */
function useInputSchema(draft: () => ScheduleDraft): () => JsonSchema | undefined {
  const isOf = (kind: ScheduleDraft['kind']) => draft().kind === kind && draft().targetId !== '';
  const tool = useQuery(() => ({ ...queries.tools.get({ id: draft().targetId }), enabled: isOf('tool') }));
  const playbook = useQuery(() => ({
    ...queries.playbooks.get({ id: draft().targetId }),
    enabled: isOf('playbook'),
  }));
  return () => {
    if (isOf('tool')) return tool.isSuccess ? (tool.data.inputSchema as JsonSchema) : undefined;
    return isOf('playbook') && playbook.isSuccess ? inputSchemaOf(playbook.data.document) : undefined;
  };
}
