import { For, Show } from 'solid-js';
import { Heading } from '../../../../kit/heading.tsx';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { RequestView } from '../../../tools/parts/request-view.tsx';
import type { StepView } from './step-view.ts';

type CoveredCall = NonNullable<StepView['covers']>[number];

/** The exact requests that an approval covers, and what has changed in them. */
export function CoveredCalls(props: { covers: readonly CoveredCall[] }) {
  return (
    <For each={props.covers}>
      {(call) => (
        <section aria-label={t`Request of ${call.title}`} class="flex flex-col gap-1.5">
          <Heading below class="label-caps">{t`Approves ${call.title}`}</Heading>
          <Show when={call.changes.length > 0}>
            <div role="status" class="rounded-md border border-unknown/50 bg-unknown-soft px-3 py-2">
              <p class="font-medium text-unknown">{rich`Changed since it was ${() => call.since}`}</p>
              <ul>
                <For each={call.changes}>
                  {(change) => (
                    <li class="break-words">
                      {change.path} <ChangedValues change={change} />
                    </li>
                  )}
                </For>
              </ul>
            </div>
          </Show>
          <Show when={call.problem}>
            {(problem) => (
              <p class="rounded-md border bg-sunken px-3 py-2">
                {said(problem())}{' '}
                <span class="text-muted">
                  {t('When the request is known, this approval opens again, before anything is sent.')}
                </span>
              </p>
            )}
          </Show>
          <For each={call.issues}>
            {(issue) => (
              <p class="text-failed">
                <code class="font-mono text-sm">{issue.path}</code> {said(issue.message)}
              </p>
            )}
          </For>
          <Show when={call.preview}>{(preview) => <RequestView preview={preview()} />}</Show>
        </section>
      )}
    </For>
  );
}

function ChangedValues(props: { change: CoveredCall['changes'][number] }) {
  const words = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));
  return (
    <Show when={props.change.from !== undefined || props.change.to !== undefined}>
      <span class="font-mono text-sm">
        {words(props.change.from)} → {words(props.change.to)}
      </span>
    </Show>
  );
}
