import { Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { JsonEditor, type JsonEditorHandle } from '../json-editor/json-editor.tsx';
import { problemWords } from '../json-editor/json-position.ts';
import { useDocumentForm } from './document-form.ts';

/** The whole document as JSON, beside its fields. */
export function JsonPanel(props: {
  label: string;
  onSubmit: () => void;
  handle: (handle: JsonEditorHandle) => void;
}) {
  const form = useDocumentForm();
  return (
    <aside aria-label={props.label} class="flex w-[40%] min-w-80 flex-col border-l max-lg:hidden">
      <p class="flex min-h-9 items-center px-4 text-muted text-sm">
        {t('The same document. Changes here change the fields.')}
      </p>
      <div class="min-h-0 flex-1 px-4">
        <JsonEditor
          text={form.document.text()}
          onChange={form.document.setText}
          issues={form.shownIssues()}
          secrets={form.secrets}
          label={props.label}
          onSubmit={() => props.onSubmit()}
          handle={props.handle}
        />
      </div>
      <p class="min-h-3 px-4 py-1 text-failed text-sm" role="status">
        <Show when={form.document.problem()}>
          {(problem) => problemWords(form.document.text(), problem())}
        </Show>
      </p>
    </aside>
  );
}
