import { Search } from 'lucide-solid';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import type { Issue } from '../../../../../shared/platform/error-codes.ts';
import { holdsMark } from '../../../../../shared/platform/redaction/redaction-mark.ts';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { useCan } from '../../../../api/me.ts';
import { useQuery } from '../../../../api/query.ts';
import { api, type Outputs, queries } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../../kit/field.tsx';
import { createJsonDocument } from '../../../../kit/json-editor/json-document.ts';
import { JsonTree } from '../../../../kit/json-tree/json-tree.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { SchemaForm } from '../../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../../kit/schema-form/schema-values.ts';
import { createSubmission } from '../../../../kit/submission.ts';
import { t } from '../../../../words/words.ts';
import type { Execution } from '../../parts/execution-words.ts';
import { OutcomeLead } from '../../parts/outcome-lead.tsx';

type Tool = Outputs['tools']['get'];

/** Runs a tool that only reads, to find out whether a call happened. Its output shows here. */
export function CheckWithTool(props: { execution: Execution; tenant: string }) {
  const can = useCan();
  const checks = useQuery(() => queries.executions.checks({ id: props.execution.id }));
  const [chosen, setChosen] = createSignal<string>();
  const items = () => (checks.isSuccess ? checks.data.items : []);
  const toolId = () => chosen() ?? items().find(({ sameSystem }) => sameSystem)?.id;
  const tool = useQuery(() => ({ ...queries.tools.get({ id: toolId() ?? '' }), enabled: Boolean(toolId()) }));
  return (
    <QueryView query={checks} what={t('The tools could not be loaded')}>
      {() => (
        <Show
          when={items().length > 0 && can('tools.execute')}
          fallback={
            <p class="text-muted">
              {can('tools.execute')
                ? t('No enabled tool only reads. Check in the provider’s own console.')
                : t('Only operators can execute tools. Check in the provider’s own console.')}
            </p>
          }
        >
          <Field label={t('Read-only tool')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                onChange={(event) => setChosen(event.currentTarget.value || undefined)}
              >
                <option value="" selected={!toolId()}>
                  {t('Choose a tool')}
                </option>
                <For each={items()}>
                  {(each) => (
                    <option value={each.id} selected={each.id === toolId()}>
                      {each.title}
                      {each.sameSystem ? t(' (same system)') : ''}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <Show when={toolId()}>
            <QueryView query={tool} what={t('The tool could not be loaded')}>
              {(loaded) => (
                <Show when={loaded().id} keyed>
                  <Check tool={loaded()} execution={props.execution} />
                </Show>
              )}
            </QueryView>
          </Show>
        </Show>
      )}
    </QueryView>
  );
}

/** The input of the check, and what the latest one returned. */
function Check(props: { tool: Tool; execution: Execution }) {
  const document = createJsonDocument(startOf(props.tool, props.execution.input));
  const [found, setFound] = createSignal<Execution>();
  const { busy, error, submit } = createSubmission(async () => {
    setFound(undefined);
    setFound(
      await api.tools.execute.mutate({
        id: props.tool.id,
        payload: document.value(),
        exceptionId: props.execution.exceptionId ?? undefined,
        waitMs: 30_000,
        idempotencyKey: uuidv7(),
      }),
    );
  });
  const issues = createMemo<Issue[]>(() =>
    (error()?.issues ?? []).map((issue) => ({
      ...issue,
      path: issue.path.replace(/^\/payload(?=\/|$)/, ''),
    })),
  );
  return (
    <div class="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
      <div class="flex min-w-0 flex-col items-start gap-3">
        <div class="w-full">
          <SchemaForm
            schema={props.tool.inputSchema}
            value={document.value()}
            onChange={document.set}
            issues={issues()}
            label={t('Input of the check')}
          />
        </div>
        <FailureNote
          failed={t('The check was not made.')}
          error={error()}
          highlighted={issues().some(({ path }) => path !== '')}
        />
        <Button icon={Search} busy={busy()} onClick={() => void submit()}>
          {t('Check')}
        </Button>
      </div>
      <div class="min-w-0" aria-live="polite">
        <Show
          when={found()}
          fallback={<p class="text-muted">{t('The result of the check appears here.')}</p>}
        >
          {(execution) => (
            <div class="flex flex-col gap-2">
              <OutcomeLead execution={execution()} />
              <Show when={execution().output !== null && execution().output !== undefined}>
                <JsonTree value={execution().output} label={t('Result of the check')} maxHeight="280px" />
              </Show>
            </div>
          )}
        </Show>
      </div>
    </div>
  );
}

/** The inputs of the same name, as far as they are known. */
function startOf(tool: Tool, input: unknown): unknown {
  const start = initialValue(tool.inputSchema, tool.inputSchema) ?? {};
  const wanted = isObject(tool.inputSchema) ? tool.inputSchema.properties : undefined;
  if (!isObject(start) || !isObject(wanted) || !isObject(input)) return start;
  const known = Object.entries(input).filter(
    ([name, value]) => Object.hasOwn(wanted, name) && !holdsMark(JSON.stringify(value)),
  );
  return { ...start, ...Object.fromEntries(known) };
}
