import type { Issue } from '../../../shared/platform/error-codes.ts';

export interface JsonEditorHandle {
  /** Focuses the editor; with a pointer, on the value that it names. */
  focus: (pointer?: string) => void;
  /** Replaces the selection with a text: inserted into the string at the cursor, else as a JSON string. */
  insertText: (text: string) => void;
}

export interface JsonEditorProps {
  text: string;
  onChange?: (text: string) => void;
  /** Shown at the values that their pointers name. */
  issues?: readonly Issue[];
  label: string;
  describedBy?: string;
  readOnly?: boolean;
  placeholder?: string;
  /** ⌘↵ inside the editor. */
  onSubmit?: () => void;
  handle?: (handle: JsonEditorHandle) => void;
  /** Default: fills its parent. */
  height?: string;
}
