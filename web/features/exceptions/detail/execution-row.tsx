import { Link } from '@tanstack/solid-router';
import { ChevronDown, ChevronRight, Wrench } from 'lucide-solid';
import { createUniqueId, Show } from 'solid-js';
import { CodeBlock } from '../../../kit/code-block.tsx';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { Status } from '../../../kit/status.tsx';
import { TemporalLink } from '../../../kit/temporal-link.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { Duration } from '../../executions/parts/execution-columns.tsx';
import { executionKind, executionWord } from '../../executions/parts/execution-kind.ts';
import { isOpen } from '../../executions/parts/execution-words.ts';
import { RowFrame } from './row-frame.tsx';
import { isCut, type TimelineItem } from './timeline-items.ts';

/** An execution in the timeline: its status in one line; input and output when opened. */
export function ExecutionRow(props: {
  item: TimelineItem & { kind: 'tool_run' };
  tenant: string;
  open: boolean;
  onToggle: () => void;
  onStep: (runId: string, stepId: string) => void;
}) {
  const id = createUniqueId();
  const execution = () => props.item.execution;
  const glimpse = () =>
    said(execution().failure?.message) ?? (isOpen(execution()) ? '' : asLine(execution().output));
  return (
    <RowFrame
      icon={Wrench}
      colour="text-accent"
      at={props.item.at}
      more={
        <Show when={props.open}>
          <div id={id} class="mt-1 mb-2 flex flex-col gap-2 border-line-strong border-l pl-3">
            <p class="flex flex-wrap gap-x-4 gap-y-1 text-muted">
              <span>{t`Started by ${execution().actor.name}`}</span>
              <span>{counted(execution().attempts.length, '{0} attempt|{0} attempts')}</span>
              <Show when={props.item.step}>
                {(step) => (
                  <span>
                    {t('for step')}{' '}
                    <button
                      type="button"
                      onClick={() => props.onStep(step().runId, step().stepId)}
                      class="rounded-sm text-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
                    >
                      {step().title}
                    </button>
                  </span>
                )}
              </Show>
              <Link
                to="/t/$tenant/executions/$executionId"
                params={{ tenant: props.tenant, executionId: execution().id }}
                class="text-accent hover:text-accent-hover"
              >
                {t('Open execution')}
              </Link>
              <TemporalLink url={execution().temporalUrl} />
            </p>
            <Show when={execution().failure}>
              {(failure) => <p class="text-failed">{said(failure().message)}</p>}
            </Show>
            <Payload
              label={t('Output')}
              value={execution().output}
              truncated={execution().truncated}
              none={isOpen(execution())}
            />
            <Payload
              label={t('Input')}
              value={execution().input}
              truncated={execution().truncated}
              none={false}
            />
          </div>
        </Show>
      }
    >
      <button
        type="button"
        aria-expanded={props.open}
        aria-controls={props.open ? id : undefined}
        onClick={() => props.onToggle()}
        class="flex w-full items-baseline gap-x-2 rounded-sm text-left hover:bg-hover max-sm:flex-wrap"
      >
        <span class="shrink-0 self-center text-faint">
          <Show when={props.open} fallback={<ChevronRight size={12} aria-hidden="true" />}>
            <ChevronDown size={12} aria-hidden="true" />
          </Show>
        </span>
        <span class="shrink-0 font-medium max-sm:min-w-0 max-sm:shrink max-sm:basis-[calc(100%-24px)]">
          {execution().toolTitle} <span class="font-normal text-faint">v{execution().toolVersion}</span>
        </span>
        <span class="shrink-0 self-center">
          <Status kind={executionKind(execution())} word={executionWord(execution())} />
        </span>
        <span class="shrink-0 text-muted text-sm">
          <Duration execution={execution()} />
        </span>
        <Show when={!props.open}>
          <span
            class="min-w-0 truncate text-sm max-sm:basis-full"
            classList={{
              'font-mono text-faint': !execution().failure,
              'text-muted': Boolean(execution().failure),
            }}
          >
            {glimpse()}
          </span>
        </Show>
      </button>
    </RowFrame>
  );
}

/** Input or output. The execution has the whole of a truncated one. */
function Payload(props: { label: string; value: unknown; truncated: boolean; none: boolean }) {
  const truncated = () => (isCut(props.value, props.truncated) ? props.value : undefined);
  return (
    <Show when={!props.none && props.value !== null && props.value !== undefined}>
      <div class="flex flex-col gap-0.5">
        <p class="label-caps">
          {props.label}
          <Show when={truncated() !== undefined}>{t(', truncated: open the execution for all of it')}</Show>
        </p>
        <Show
          when={truncated()}
          fallback={<JsonTree value={props.value} label={props.label} maxHeight="240px" />}
        >
          {(text) => <CodeBlock text={`${text()}…`} label={props.label} maxHeight="240px" />}
        </Show>
      </div>
    </Show>
  );
}

const asLine = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 160);
