import { lazy, Suspense } from 'solid-js';
import type { JsonEditorProps } from './code-mirror.tsx';

export type { JsonEditorHandle } from './code-mirror.tsx';

const CodeMirror = lazy(() => import('./code-mirror.tsx'));

/** A JSON editor that shows issues at their places. It loads when first shown; until then the plain text shows, unless it may hold secrets. */
export function JsonEditor(props: JsonEditorProps) {
  return (
    <div
      class="overflow-hidden rounded-md border border-line-strong bg-bg focus-within:border-accent"
      style={{ height: props.height ?? '100%' }}
    >
      <Suspense
        fallback={
          <pre
            aria-hidden="true"
            class="h-full overflow-hidden px-11 py-1.5 font-mono text-faint text-sm leading-[18px] whitespace-pre-wrap"
          >
            {props.secrets ? '' : props.text}
          </pre>
        }
      >
        <CodeMirror {...props} />
      </Suspense>
    </div>
  );
}
