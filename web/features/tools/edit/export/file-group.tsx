import { createEffect, createSignal, For, Show } from 'solid-js';
import type { DefinitionFile } from '../../../../../shared/files/file-schemas.ts';
import { Button } from '../../../../kit/button.tsx';
import { CodeBlock } from '../../../../kit/code-block.tsx';
import { formatNumber } from '../../../../kit/format.ts';
import { t } from '../../../../words/words.ts';

/** Rows that are shown at once; a search finds the others. */
const shownAtOnce = 100;

/** The files of one kind of definition. */
export function FileGroup(props: {
  label: string;
  files: readonly DefinitionFile[];
  chosen: ReadonlySet<string>;
  onChoose: (paths: readonly string[], on: boolean) => void;
}) {
  const [room, setRoom] = createSignal(shownAtOnce);
  const paths = () => props.files.map(({ path }) => path);
  const count = () => paths().filter((path) => props.chosen.has(path)).length;
  return (
    <Show when={props.files.length > 0}>
      <section aria-label={props.label}>
        <label class="flex items-center gap-2.5 border-b pb-2 font-semibold">
          <input
            type="checkbox"
            checked={count() === props.files.length}
            ref={(box) =>
              createEffect(() => {
                box.indeterminate = count() > 0 && count() < props.files.length;
              })
            }
            onChange={(event) => props.onChoose(paths(), event.currentTarget.checked)}
          />
          {props.label}
          <span class="font-normal text-muted">{t`${count()} of ${props.files.length} chosen`}</span>
        </label>
        <ul>
          <For each={props.files.slice(0, room())}>
            {(file) => (
              <FileRow
                file={file}
                chosen={props.chosen.has(file.path)}
                onChoose={(on) => props.onChoose([file.path], on)}
              />
            )}
          </For>
        </ul>
        <Show when={props.files.length > room()}>
          <div class="pt-2">
            <Button onClick={() => setRoom(room() + shownAtOnce)}>
              {t`Show more of ${formatNumber(props.files.length)}`}
            </Button>
          </div>
        </Show>
      </section>
    </Show>
  );
}

function FileRow(props: { file: DefinitionFile; chosen: boolean; onChoose: (on: boolean) => void }) {
  const [open, setOpen] = createSignal(false);
  return (
    <li class="border-b py-1.5">
      <div class="flex items-center gap-2.5">
        <label class="flex min-w-0 flex-1 items-center gap-2.5">
          <input
            type="checkbox"
            checked={props.chosen}
            onChange={(event) => props.onChoose(event.currentTarget.checked)}
          />
          <code class="min-w-0 break-all font-mono text-sm">{props.file.path}</code>
        </label>
        <Button
          variant="quiet"
          aria-expanded={open()}
          aria-label={open() ? t`Hide ${props.file.path}` : t`Show ${props.file.path}`}
          onClick={() => setOpen(!open())}
        >
          {open() ? t('Hide') : t('Show')}
        </Button>
      </div>
      <Show when={open()}>
        <CodeBlock text={props.file.text} language="text" label={props.file.path} class="my-1.5" />
      </Show>
    </li>
  );
}
