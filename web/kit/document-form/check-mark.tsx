import { CircleAlert, CircleCheck } from 'lucide-solid';
import { Match, Switch } from 'solid-js';
import { counted, rich, t } from '../../words/words.ts';
import { Status } from '../status.tsx';
import { useDocumentForm } from './document-form.ts';

/** Whether the document has problems. A press goes to the first one, and each further press to the next. */
export function CheckMark(props: { onGo: (pointer: string) => void }) {
  const form = useDocumentForm();
  const count = () => form.issues().length;
  let last = -1;
  const next = () => {
    form.revealAll();
    last = (last + 1) % count();
    const issue = form.issues()[last];
    if (issue) props.onGo(issue.path);
  };
  return (
    <span role="status" class="text-sm">
      <Switch>
        <Match when={form.document.problem()}>
          <span class="inline-flex items-center gap-1.5 text-failed">
            <CircleAlert size={14} aria-hidden="true" /> {t('Invalid JSON')}
          </span>
        </Match>
        <Match when={form.checkFailed()}>
          {(error) => <span class="text-unknown">{rich`Not checked: ${() => error().message}`}</span>}
        </Match>
        <Match when={count() > 0}>
          <button
            type="button"
            title={t('Go to the next problem')}
            class="inline-flex items-center gap-1.5 underline-offset-2 hover:underline"
            classList={{
              'text-failed': form.shownIssues().length > 0,
              'text-muted': form.shownIssues().length === 0,
            }}
            onClick={next}
          >
            <CircleAlert size={14} aria-hidden="true" /> {counted(count(), '{0} problem|{0} problems')}
          </button>
        </Match>
        <Match when={form.checking() || !form.checked()}>
          <Status kind="running" word={t('Checking')} />
        </Match>
        <Match when={true}>
          <span class="inline-flex items-center gap-1.5 text-succeeded">
            <CircleCheck size={14} aria-hidden="true" /> {t('No problems')}
          </span>
        </Match>
      </Switch>
    </span>
  );
}
