import { For, type JSX, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { ChangeRow } from '../../../kit/change-row.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { coversWords, type PublishPlan, runsWords } from './playbook-words.ts';

/** What publishing would do: what prevents it, what changes, which runs keep their version, and the text line by line. */
export function PublishPlanView(props: {
  plan: PublishPlan;
  /** Goes to the place of an issue. */
  onIssue?: ((issue: Issue) => void) | undefined;
  /** Above the lines. */
  children?: JSX.Element;
}) {
  return (
    <>
      <Show when={props.plan.issues.length > 0}>
        <IssueList issues={props.plan.issues} onIssue={props.onIssue} />
      </Show>
      <ChangeList plan={props.plan} />
      <Show when={props.plan.covers.length > 0}>
        <ul aria-label={t('Approvals')} class="text-muted">
          <For each={props.plan.covers}>{(approval) => <li>{coversWords(approval)}</li>}</For>
        </ul>
      </Show>
      <Show when={props.plan.runs.length > 0}>
        <ul aria-label={t('Open runs')} class="text-muted">
          <For each={runsWords(props.plan.runs)}>{(words) => <li>{words}.</li>}</For>
        </ul>
      </Show>
      {props.children}
      <Show when={props.plan.before}>
        {(before) => (
          <Diff
            label={t('Document before and after')}
            before={JSON.stringify(before(), null, 2)}
            after={JSON.stringify(props.plan.after, null, 2)}
          />
        )}
      </Show>
    </>
  );
}

function IssueList(props: { issues: readonly Issue[]; onIssue?: ((issue: Issue) => void) | undefined }) {
  return (
    <div>
      <p class="text-failed">
        {counted(
          props.issues.length,
          'Fix this issue before publishing.|Fix these {0} issues before publishing.',
        )}
      </p>
      <ul aria-label={t('Issues')} class="mt-1 border-t">
        <For each={props.issues}>
          {(issue) => (
            <li class="flex items-baseline gap-3 border-b py-1.5">
              <span class="min-w-0 flex-1">
                <Show when={props.onIssue} fallback={said(issue.message)}>
                  {(go) => (
                    <button
                      type="button"
                      class="text-left underline-offset-2 hover:underline"
                      onClick={() => go()(issue)}
                    >
                      {said(issue.message)}
                    </button>
                  )}
                </Show>
              </span>
              <code class="max-w-[40%] truncate font-mono text-faint text-sm" title={issue.path}>
                {issue.path}
              </code>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

const kinds = {
  added: { word: t('Added'), colour: 'text-succeeded' },
  removed: { word: t('Removed'), colour: 'text-failed' },
  changed: { word: t('Changed'), colour: 'text-muted' },
  moved: { word: t('Moved'), colour: 'text-muted' },
} as const;

function ChangeList(props: { plan: PublishPlan }) {
  return (
    <Show
      when={props.plan.changes.length > 0}
      fallback={
        <p class="text-muted">
          {props.plan.fromVersion === null
            ? t('This is the first version.')
            : t`No changes since v${props.plan.fromVersion}.`}
        </p>
      }
    >
      <ul aria-label={t('Changes')} class="border-t">
        <For each={props.plan.changes}>
          {(change) => (
            <ChangeRow {...kinds[change.kind]} place={change.stepId ?? change.path}>
              {said(change.message)}
            </ChangeRow>
          )}
        </For>
      </ul>
    </Show>
  );
}
