import { lazy, Suspense } from 'solid-js';
import type { CodeEditorProps } from './source-mirror.tsx';

const SourceMirror = lazy(() => import('./source-mirror.tsx'));

/** An editor for a program. It loads when first shown; until then the plain text shows. */
export function CodeEditor(props: CodeEditorProps & { height: string }) {
  return (
    <div
      class="overflow-hidden rounded-md border border-line-strong bg-bg focus-within:border-accent"
      style={{ height: props.height }}
    >
      <Suspense
        fallback={
          <pre
            aria-hidden="true"
            class="h-full overflow-hidden px-11 py-1.5 font-mono text-faint text-sm leading-[18px] whitespace-pre-wrap"
          >
            {props.text}
          </pre>
        }
      >
        <SourceMirror {...props} />
      </Suspense>
    </div>
  );
}
