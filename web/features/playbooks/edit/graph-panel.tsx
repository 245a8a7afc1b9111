import { t } from '../../../words/words.ts';
import { PlaybookFlow } from '../parts/flow/playbook-flow.tsx';
import { useEditor } from './editor-state.ts';

/** The steps as a graph, beside their list. */
export function GraphPanel(props: { onOpen: (stepPath: string) => void }) {
  const editor = useEditor();
  return (
    <aside aria-label={t('Graph')} class="flex w-[40%] min-w-80 flex-col border-l px-4 pb-4 max-lg:hidden">
      <PlaybookFlow
        document={editor.value()}
        label={t('Steps as a graph')}
        selected={editor.open() ?? undefined}
        onOpen={(path) => props.onOpen(path)}
      />
    </aside>
  );
}
