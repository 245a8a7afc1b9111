import { Download } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { artifactsIn } from '../../../../shared/artifacts/artifact-references.ts';
import { useCan } from '../../../api/me.ts';
import { fileUrl } from '../../../api/upload-file.ts';
import { formatBytes } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

/** The files that an execution sent and received, to be downloaded. Nothing without any. */
export function ExecutionFiles(props: { input: unknown; output: unknown }) {
  const can = useCan();
  const received = createMemo(() => artifactsIn(props.output));
  const files = createMemo(() => {
    const before = new Set(received().map(({ artifact }) => artifact));
    const sent = artifactsIn(props.input).filter(({ artifact }) => !before.has(artifact));
    return [
      ...received().map((file) => ({ file, way: 'received' })),
      ...sent.map((file) => ({ file, way: 'sent' })),
    ];
  });
  return (
    <ul aria-label={t('Files')} class="flex flex-col gap-1.5 empty:hidden">
      <For each={files()}>
        {({ file, way }) => (
          <li class="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 rounded-md border px-3 py-2">
            <span class="min-w-0 break-all font-medium">{file.name}</span>
            <span class="text-muted text-sm">
              {way}, {formatBytes(file.bytes)}, {file.contentType}
            </span>
            <code class="font-mono text-faint text-xs" title={`SHA-256: ${file.sha256}`}>
              {file.sha256.slice(0, 12)}…
            </code>
            <Show when={can('tools.execute')}>
              <a
                href={fileUrl(file.artifact)}
                download={file.name}
                class="ml-auto inline-flex items-center gap-1 text-accent hover:text-accent-hover"
              >
                <Download size={14} aria-hidden="true" />
                {t('Download')}
                <span class="sr-only"> {file.name}</span>
              </a>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

export const hasFiles = (input: unknown, output: unknown): boolean =>
  artifactsIn(output).length > 0 || artifactsIn(input).length > 0;
