import { strToU8, zipSync } from 'fflate';
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type DefinitionFile,
  type ExportedFiles,
  folders,
} from '../../../../../shared/files/file-schemas.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { Button } from '../../../../kit/button.tsx';
import { saveFile } from '../../../../kit/download.ts';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { formatNumber } from '../../../../kit/format.ts';
import { TextInput } from '../../../../kit/text-input.tsx';
import { counted, rich, t } from '../../../../words/words.ts';
import { FileGroup } from './file-group.tsx';

const groups = [
  { label: t('Tools'), folder: folders.tool },
  { label: t('Connectors'), folder: folders.connector },
  { label: t('Playbooks'), folder: folders.playbook },
  { label: t('Exception domains'), folder: folders.domain },
];

/** Every definition with its file. Those that are chosen are one download. */
export function ExportFiles(props: { exported: ExportedFiles }) {
  const [search, setSearch] = createSignal('');
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(
    new Set(props.exported.files.map(({ path }) => path)),
  );
  const matching = createMemo(() => {
    const words = search().toLowerCase().split(/\s+/).filter(Boolean);
    return props.exported.files.filter(({ path }) => words.every((word) => path.includes(word)));
  });
  const choose = (paths: readonly string[], on: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const path of paths) on ? next.add(path) : next.delete(path);
      return next;
    });
  const shown = () => matching().map(({ path }) => path);
  const files = () => props.exported.files.filter(({ path }) => chosen().has(path));

  return (
    <Show
      when={props.exported.files.length > 0}
      fallback={
        <EmptyState title={t('No definitions yet.')}>{t('What is global is not exported.')}</EmptyState>
      }
    >
      <div class="flex flex-col gap-5 px-6 max-sm:px-4 py-5">
        <p class="max-w-[68ch] text-muted">{rich`Tools, connectors, playbooks and domains as YAML files, to keep and review in a repository. They hold no secrets: credentials are named. ${<code class="font-mono text-sm">interlock plan</code>} shows what applying them would change, here or in another organization, and ${<code class="font-mono text-sm">interlock apply</code>} does it.`}</p>
        <div class="flex flex-wrap items-end gap-x-4 gap-y-2">
          <div class="w-72 max-w-full">
            <TextInput
              label={t('Search')}
              value={search()}
              placeholder={t('refund, tools/')}
              onInput={setSearch}
            />
          </div>
          <label class="flex h-7 items-center gap-2">
            <input
              type="checkbox"
              checked={shown().length > 0 && shown().every((path) => chosen().has(path))}
              onChange={(event) => choose(shown(), event.currentTarget.checked)}
            />
            {search() === ''
              ? t`All (${formatNumber(shown().length)})`
              : t`All that match (${formatNumber(shown().length)})`}
          </label>
        </div>
        <Show when={matching().length > 0} fallback={<p class="text-muted">{t('No definition matches.')}</p>}>
          <For each={groups}>
            {({ label, folder }) => (
              <FileGroup
                label={label}
                files={matching().filter(({ path }) => path.startsWith(`${folder}/`))}
                chosen={chosen()}
                onChoose={choose}
              />
            )}
          </For>
        </Show>
        <Show when={props.exported.left.length > 0}>
          <section aria-label={t('Drafts')}>
            <p>{t('Of these, a draft is in no file. The file is what is published:')}</p>
            <ul class="list-disc pl-5 text-muted">
              <For each={props.exported.left}>{({ name }) => <li>{name}</li>}</For>
            </ul>
          </section>
        </Show>
        <div class="sticky bottom-0 flex flex-wrap items-center gap-3 border-t bg-bg py-3">
          <Button variant="primary" disabled={files().length === 0} onClick={() => save(files())}>
            {counted(files().length, 'Download the file|Download {0} files')}
          </Button>
          <span class="text-muted">
            {counted(files().length, 'As YAML.|As one .zip. Unpack it into a folder, such as definitions.')}
          </span>
        </div>
      </div>
    </Show>
  );
}

function save(files: readonly DefinitionFile[]): void {
  const [only] = files;
  if (files.length === 1 && only) {
    saveFile(only.path.replace(/^.*\//, ''), only.text, 'application/yaml');
    return;
  }
  const zip = zipSync(Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)])));
  saveFile(`${tenantSlug()}-definitions.zip`, new Uint8Array(zip), 'application/zip');
}
