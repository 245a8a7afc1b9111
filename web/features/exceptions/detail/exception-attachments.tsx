import { useQueryClient } from '@tanstack/solid-query';
import { Download, FileText, Paperclip, X } from 'lucide-solid';
import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { toApiError } from '../../../api/api-error.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { uploadFile } from '../../../api/upload-file.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { formatBytes } from '../../../kit/format.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';

type Attachment = Outputs['exceptions']['attachments']['items'][number];

/** The files of an exception: they are dropped or chosen, looked at, downloaded and removed. */
export function ExceptionAttachments(props: { exceptionId: string }) {
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  const inputId = createUniqueId();
  const files = useQuery(() => queries.exceptions.attachments({ id: props.exceptionId }));
  const rows = () => (files.isSuccess ? files.data.items : []);
  const [sending, setSending] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<readonly string[]>([]);
  const [over, setOver] = createSignal(false);
  const [removing, setRemoving] = createSignal<Attachment | null>(null);
  let input: HTMLInputElement | undefined;

  const mayAdd = () => can('exceptions.write') && can('tools.execute');
  const mayRemove = (file: Attachment) =>
    can('exceptions.configure') || (can('exceptions.write') && file.createdBy.id === me()?.actor.id);
  const url = (file: Attachment, inline = false) =>
    `/api/exceptions/${props.exceptionId}/attachments/${file.id}/content?tenant=${encodeURIComponent(tenantSlug())}${inline ? '&inline=true' : ''}`;
  const refresh = async () => {
    for (const procedure of ['attachments', 'timeline'])
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', procedure) });
  };

  /** One after the other; one that is refused leaves the others. */
  const add = async (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    if (sending() !== null) {
      setProblems((before) => [
        ...before,
        t('Other files are being uploaded. Drop these again when they are here.'),
      ]);
      return;
    }
    const id = props.exceptionId;
    setProblems([]);
    for (const file of chosen) {
      setSending(file.name);
      try {
        const { artifact } = await uploadFile(file);
        await api.exceptions.attach.mutate({ id, artifactId: artifact, name: file.name });
      } catch (error) {
        setProblems((before) => [...before, `${file.name}: ${toApiError(error).message}`]);
      }
    }
    setSending(null);
    await refresh();
  };

  return (
    <section
      aria-label={t('Files')}
      class="flex flex-col gap-2 rounded-md"
      classList={{ 'outline-2 outline-accent outline-dashed': over() }}
      onDragOver={(event) => {
        if (!mayAdd() || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!mayAdd()) return;
        event.preventDefault();
        setOver(false);
        void add([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <ul aria-label={t('Attached files')} class="grid gap-2 empty:hidden sm:grid-cols-2">
        <For each={rows()}>
          {(file) => (
            <li class="flex min-w-0 items-center gap-3 rounded-md border px-2 py-2">
              <Show
                when={file.preview}
                fallback={
                  <span class="inline-flex size-12 shrink-0 items-center justify-center rounded-sm bg-hover">
                    <FileText size={18} aria-hidden="true" class="text-muted" />
                  </span>
                }
              >
                <a href={url(file, true)} target="_blank" rel="noreferrer" class="shrink-0">
                  <img
                    src={url(file, true)}
                    alt={t`Open ${file.name}`}
                    loading="lazy"
                    class="size-12 rounded-sm bg-hover object-cover"
                  />
                </a>
              </Show>
              <span class="min-w-0 flex-1">
                <span class="block truncate font-medium" title={file.name}>
                  {file.name}
                </span>
                <span class="block text-muted text-sm">
                  {formatBytes(file.bytes)}, {file.createdBy.name}, <RelativeTime at={file.createdAt} />
                </span>
              </span>
              <a
                href={url(file)}
                download={file.name}
                aria-label={t`Download ${file.name}`}
                title={t('Download')}
                class="inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-accent hover:bg-hover"
              >
                <Download size={14} aria-hidden="true" />
              </a>
              <Show when={mayRemove(file)}>
                <Button
                  variant="quiet"
                  icon={X}
                  iconOnly
                  aria-label={t`Remove ${file.name}`}
                  onClick={() => setRemoving(file)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={files.isSuccess && rows().length === 0 && !mayAdd()}>
        <span class="text-faint">{t('None')}</span>
      </Show>
      <Show when={files.isError}>
        <p class="text-failed">{t('The files cannot be shown now. Load the page again.')}</p>
      </Show>
      <Show when={mayAdd()}>
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <label for={inputId} class="sr-only">
            {t('Files to attach')}
          </label>
          <input
            ref={input}
            id={inputId}
            type="file"
            multiple
            tabIndex={-1}
            class="sr-only"
            onChange={(event) => {
              const chosen = [...(event.currentTarget.files ?? [])];
              // So that the same file can be chosen again.
              event.currentTarget.value = '';
              void add(chosen);
            }}
          />
          <Button icon={Paperclip} busy={sending() !== null} onClick={() => input?.click()}>
            {t('Attach files')}
          </Button>
          <span class="text-muted text-sm" aria-live="polite">
            {sending() === null
              ? t('or drop them here. Everyone who sees this exception can open them.')
              : t`Uploading ${sending()}…`}
          </span>
        </div>
      </Show>
      <Show when={problems().length > 0}>
        <ul role="alert" class="flex flex-col gap-1 text-failed">
          <For each={problems()}>{(problem) => <li class="break-words">{problem}</li>}</For>
        </ul>
      </Show>
      <ActionDialog
        open={removing() !== null}
        title={t('Remove file')}
        verb={t('Remove')}
        danger
        failed={t('The file was not removed.')}
        onConfirm={async () => {
          await api.exceptions.detach.mutate({ id: props.exceptionId, attachmentId: removing()!.id });
          await refresh();
        }}
        onClose={() => setRemoving(null)}
      >
        {t`${removing()?.name} will no longer be on this exception. The timeline keeps who added and removed it.`}
      </ActionDialog>
    </section>
  );
}
