import { lazy, Suspense } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';

const CodeMirror = lazy(() => import('./code-mirror.tsx'));

export interface JsonEditorHandle {
  /** Focuses the editor; with a pointer, on what that points to. */
  focus: (pointer?: string) => void;
  /** Puts a text in place of the selection: as a JSON string, or into the one the cursor is in. */
  insertText: (text: string) => void;
}

export interface JsonEditorProps {
  text: string;
  onChange?: (text: string) => void;
  /** Shown at the places that their pointers name. */
  issues?: readonly Issue[];
  label: string;
  describedBy?: string;
  readOnly?: boolean;
  placeholder?: string;
  /** ⌘↵ inside the editor. */
  onSubmit?: () => void;
  handle?: (handle: JsonEditorHandle) => void;
  /** Default fills its parent. */
  height?: string;
}

/** A JSON editor with located messages. It loads when first shown; until then the text stands there as it is. */
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
            {props.text}
          </pre>
        }
      >
        <CodeMirror {...props} />
      </Suspense>
    </div>
  );
}
