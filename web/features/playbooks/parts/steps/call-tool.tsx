import { Link } from '@tanstack/solid-router';
import { Wrench } from 'lucide-solid';
import { Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { JsonBlock } from '../../../../kit/code-block.tsx';
import { t } from '../../../../words/words.ts';
import { type LooseStep, textOf } from '../outline.ts';
import { useToolsByName } from '../tool-names.ts';
import type { StepTypeView } from './step-type-view.ts';

export const callToolView: StepTypeView = {
  icon: Wrench,
  Target: ToolAndVersion,
  Details: Input,
  requestOutcome: 'run',
  outcomes: {
    run: { done: 'succeeded', callsTool: true },
    probe: { done: t('checked with the provider'), callsTool: true },
    happened: { done: t('marked as done') },
    did_not_happen: { done: t('marked as not done') },
  },
};

export function ToolAndVersion(props: { step: LooseStep }) {
  const toolOf = useToolsByName();
  const name = () => textOf(props.step, 'tool');
  const version = () => (typeof props.step.version === 'number' ? `@v${props.step.version}` : '');
  return (
    <Show
      when={toolOf(name())}
      fallback={
        <span class="font-mono text-sm text-unknown" title={t('Tool not found.')}>
          {name()}
          {version()}
        </span>
      }
    >
      {(tool) => (
        <Link
          to="/t/$tenant/tools/$toolId"
          params={{ tenant: tenantSlug(), toolId: tool().id }}
          search={{}}
          title={
            version() ? undefined : t`Uses the version that is current when it runs: now v${tool().version}`
          }
          class="font-mono text-accent text-sm hover:text-accent-hover"
        >
          {name()}
          {version() || '@current'}
        </Link>
      )}
    </Show>
  );
}

function Input(props: { step: LooseStep }) {
  const input = () => props.step.input;
  return (
    <Show when={isObject(input()) && Object.keys(input() as object).length > 0}>
      <details class="mt-1">
        <summary class="w-fit text-faint text-sm hover:text-text">{t('Input')}</summary>
        <JsonBlock value={input()} label={t`Input of ${textOf(props.step, 'title')}`} maxHeight="240px" />
      </details>
    </Show>
  );
}
