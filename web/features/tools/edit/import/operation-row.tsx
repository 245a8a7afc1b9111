import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import type { ImportOperation } from '../../../../../shared/imports/import-schemas.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { ChangeImpact } from './change-impact.tsx';
import type { ImpactQuery } from './impact-query.ts';

/** One operation: its request, the tool that it becomes, and what to know before choosing it. */
export function OperationRow(props: {
  operation: ImportOperation;
  chosen: boolean;
  impact: ImpactQuery;
  onChoose: (chosen: boolean) => void;
}) {
  const operation = () => props.operation;
  const inputs = () => operation().inputs;
  return (
    <li class="border-b py-2">
      <label class={`flex items-start gap-2.5 ${operation().supported ? '' : 'text-muted'}`}>
        <input
          type="checkbox"
          class="mt-1"
          checked={props.chosen}
          disabled={!operation().supported || operation().state === 'same'}
          onChange={(event) => props.onChoose(event.currentTarget.checked)}
        />
        <span class="min-w-0">
          <span class="font-medium">{operation().title}</span>{' '}
          <code class="break-all font-mono text-sm text-muted">{operation().key}</code>
          <span class="block break-words text-muted text-sm">
            <code class="font-mono">{operation().name}</code>
            <Show when={inputs().length > 0}>
              {': '}
              {inputs().slice(0, 8).join(', ')}
              <Show when={inputs().length > 8}> {t`and ${inputs().length - 8} more`}</Show>
            </Show>
          </span>
        </span>
      </label>
      <div class="pl-5.75 text-sm">
        <Show when={operation().state === 'same'}>
          <p class="text-muted">
            {t('Imported already:')} <ToolLink operation={operation()} />
          </p>
        </Show>
        <Show when={operation().state === 'changed'}>
          <p>
            {rich`${<span class={operation().change?.breaking ? 'font-medium text-failed' : 'font-medium'}>{operation().change?.breaking ? t('Changed, and may break those who use it') : t('Changed')}</span>} since it became`}{' '}
            <ToolLink operation={operation()} />
          </p>
          <ul class="list-disc pl-5 text-muted">
            <For each={operation().change?.changes.slice(0, 5)}>
              {(change) => (
                <li class="break-words">
                  <code class="font-mono">{change.path}</code> {said(change.message)}
                </li>
              )}
            </For>
            <Show when={operation().change && operation().change!.changes.length > 5}>
              <li>{t`and ${operation().change!.changes.length - 5} more`}</li>
            </Show>
          </ul>
          <ChangeImpact impact={props.impact} operationKey={operation().key} />
        </Show>
        <Show when={operation().nameTaken}>
          <p>{t('Another tool has its own name, so it gets the connector in front.')}</p>
        </Show>
        <Show when={operation().reason}>
          {(reason) => <p class="break-words text-muted">{said(reason())}.</p>}
        </Show>
      </div>
    </li>
  );
}

const ToolLink = (props: { operation: ImportOperation }) => (
  <Show when={props.operation.toolId}>
    {(toolId) => (
      <Link
        to="/t/$tenant/tools/$toolId"
        params={{ tenant: tenantSlug(), toolId: toolId() }}
        search={{}}
        class="text-accent underline underline-offset-2 hover:text-accent-hover"
      >
        {props.operation.name}
      </Link>
    )}
  </Show>
);
