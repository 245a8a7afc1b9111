import { CircleAlert, CircleCheck } from 'lucide-solid';
import { Match, Switch } from 'solid-js';
import { useEditor } from '../../features/playbooks/edit/editor-state.ts';
import { Status } from '../status.tsx';

/** Whether it holds together; leads to the first thing that does not, then to the next. */
export function CheckMark(props: { onGo: (pointer: string) => void }) {
  const editor = useEditor();
  const count = () => editor.issues().length;
  let last = -1;
  const next = () => {
    editor.revealAll();
    last = (last + 1) % count();
    const issue = editor.issues()[last];
    if (issue) props.onGo(issue.path);
  };
  return (
    <span role="status" class="text-sm">
      <Switch>
        <Match when={editor.document.problem()}>
          <span class="inline-flex items-center gap-1.5 text-failed">
            <CircleAlert size={14} aria-hidden="true" /> The JSON has a mistake
          </span>
        </Match>
        <Match when={editor.check.failed()}>
          {(error) => <span class="text-unknown">Not checked: {error().message}</span>}
        </Match>
        <Match when={count() > 0}>
          <button
            type="button"
            title="What keeps it from being published. Goes from one to the next."
            class="inline-flex items-center gap-1.5 underline-offset-2 hover:underline"
            classList={{
              'text-failed': editor.shownIssues().length > 0,
              'text-muted': editor.shownIssues().length === 0,
            }}
            onClick={next}
          >
            <CircleAlert size={14} aria-hidden="true" /> {count()} {count() === 1 ? 'problem' : 'problems'}
          </button>
        </Match>
        <Match when={editor.check.checking()}>
          <Status kind="running" word="Checking" />
        </Match>
        <Match when={true}>
          <span class="inline-flex items-center gap-1.5 text-succeeded">
            <CircleCheck size={14} aria-hidden="true" /> No problems
          </span>
        </Match>
      </Switch>
    </span>
  );
}
