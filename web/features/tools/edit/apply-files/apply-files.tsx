import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import type { DefinitionFile, FilesPlan, FilesResult } from '../../../../../shared/files/file-schemas.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, queryKey } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { createSubmission } from '../../../../kit/submission.ts';
import { toast } from '../../../../shell/toasts.tsx';
import { counted, rich, t } from '../../../../words/words.ts';
import { MissingCredentials, PlanView } from './plan-view.tsx';
import { readZip } from './read-zip.ts';

interface Chosen {
  name: string;
  files: DefinitionFile[];
}

const applyWords = (count: number): string =>
  count === 0 ? t('Apply') : counted(count, 'Apply 1 change|Apply {0} changes');

const writes = new Set(['create', 'update', 'archive']);

/** A .zip, its plan, and applying it: all of it, or nothing. */
export function ApplyFiles() {
  const client = useQueryClient();
  const [chosen, setChosen] = createSignal<Chosen>();
  const [problem, setProblem] = createSignal<string>();
  const [prune, setPrune] = createSignal(false);
  const [plan, setPlan] = createSignal<FilesPlan>();
  const [result, setResult] = createSignal<FilesResult>();
  const planning = createSubmission(async () => {
    setPlan(undefined);
    setPlan(await api.files.plan.mutate({ files: chosen()?.files ?? [], prune: prune() }));
  });
  const applying = createSubmission(async () => {
    const planDigest = plan()?.planDigest ?? '';
    const applied = await api.files.applyPlan.mutate({
      files: chosen()?.files ?? [],
      prune: prune(),
      planDigest,
    });
    setPlan(undefined);
    setResult(applied);
    toast(t('The files are applied'));
    for (const router of ['tools', 'connectors', 'playbooks', 'credentials', 'exceptions', 'files'])
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
  });
  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    setProblem(undefined);
    setResult(undefined);
    setPlan(undefined);
    setPrune(false);
    setChosen(undefined);
    try {
      setChosen({ name: file.name, files: readZip(new Uint8Array(await file.arrayBuffer())) });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : t('The file cannot be read.'));
      return;
    }
    await planning.submit();
  }
  const count = () => plan()?.changes.filter(({ action }) => writes.has(action)).length ?? 0;
  const ready = () => plan() !== undefined && plan()?.problems.length === 0 && count() > 0;

  return (
    <div class="flex flex-col gap-5 px-6 max-sm:px-4 py-5">
      <p class="max-w-[68ch] text-muted">{rich`A .zip of YAML files, as ${<b class="font-medium">{t('Export')}</b>} makes it. Interlock shows what applying it would change and break. Nothing is changed until you apply it: all of it, or nothing.`}</p>
      <label class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span class="font-medium text-sm">{t('File')}</span>
        <input
          type="file"
          accept=".zip,application/zip"
          class="min-w-0 max-w-full"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </label>
      <p aria-live="polite" class="text-muted empty:hidden">
        {planning.busy() ? t('Comparing …') : ''}
      </p>
      <Show when={problem()}>
        {(words) => <p class="text-failed">{rich`${words} Nothing was changed.`}</p>}
      </Show>
      <FailureNote failed={t('There is no plan.')} error={planning.error()} />
      <Show when={plan()}>
        {(found) => (
          <>
            <PlanView
              plan={found()}
              prune={prune()}
              onPrune={(on) => {
                setPrune(on);
                void planning.submit();
              }}
            />
            <div class="sticky bottom-0 flex flex-col gap-2 border-t bg-bg py-3">
              <FailureNote failed={t('Nothing was applied.')} error={applying.error()} />
              <div class="flex flex-wrap items-center gap-3">
                <Button
                  variant="primary"
                  disabled={!ready()}
                  busy={applying.busy()}
                  onClick={() => void applying.submit()}
                >
                  {applyWords(count())}
                </Button>
                <Show when={applying.error()?.code === 'precondition_failed'}>
                  <Button onClick={() => void planning.submit()}>{t('Plan again')}</Button>
                </Show>
              </div>
            </div>
          </>
        )}
      </Show>
      <Show when={result()}>
        {(applied) => (
          <section aria-label={t('Result')} class="flex flex-col gap-3">
            <p>
              {rich`${() => applied().created} created, ${() => applied().updated} changed, ${() => applied().archived} archived, ${() => applied().unchanged} as they were.`}
            </p>
            <MissingCredentials credentials={applied().credentials} />
          </section>
        )}
      </Show>
    </div>
  );
}
