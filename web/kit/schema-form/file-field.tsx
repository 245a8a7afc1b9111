import { FileText, X } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { isArtifactReference } from '../../../shared/artifacts/artifact-references.ts';
import { uploadFile } from '../../api/upload-file.ts';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { inputClass } from '../field.tsx';
import { formatBytes } from '../format.ts';
import { FieldFrame } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';

/** A file, which is uploaded when it is chosen; the value says which one it is. */
export function FileField(props: NodeProps<'file'>) {
  const node = useNode(props);
  const [uploading, setUploading] = createSignal<string | null>(null);
  const chosen = () => {
    const value = node.value();
    return isArtifactReference(value) ? value : null;
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setUploading(file.name);
    node.form.setProblem(props.pointer, null);
    try {
      node.set(await uploadFile(file));
    } catch (error) {
      node.form.setProblem(props.pointer, error instanceof Error ? error.message : String(error));
    } finally {
      setUploading(null);
    }
  };
  return (
    <FieldFrame node={props} help={uploading() === null ? undefined : t`Uploading ${uploading()}…`}>
      {(input) => (
        <Show
          when={chosen()}
          fallback={
            <input
              {...input}
              type="file"
              disabled={uploading() !== null}
              onChange={(event) => void choose(event.currentTarget.files?.[0])}
              class={`${inputClass} h-auto py-1 file:mr-2 file:rounded-sm file:border-0 file:bg-accent-soft file:px-2 file:py-0.5 file:text-accent`}
            />
          }
        >
          {(file) => (
            <div class="flex min-w-0 items-center gap-2 rounded-md border px-2 py-1">
              <FileText size={14} aria-hidden="true" class="shrink-0 text-muted" />
              <span class="min-w-0 truncate">{file().name}</span>
              <span class="shrink-0 text-muted text-sm">
                {formatBytes(file().bytes)}, {file().contentType}
              </span>
              <Button
                variant="quiet"
                iconOnly
                icon={X}
                class="ml-auto"
                aria-label={t`Remove ${file().name}`}
                onClick={() => node.set(undefined)}
              />
            </div>
          )}
        </Show>
      )}
    </FieldFrame>
  );
}
