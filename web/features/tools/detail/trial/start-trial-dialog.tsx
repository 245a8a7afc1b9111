import { createMemo, createSignal, For, Show } from 'solid-js';
import { entityTag } from '../../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../../api/query.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { ButtonLink } from '../../../../kit/button.tsx';
import { Field, inputClass } from '../../../../kit/field.tsx';
import { FormDialog } from '../../../../kit/form-dialog.tsx';
import { t } from '../../../../words/words.ts';
import type { Tool } from '../../parts/tool-words.ts';
import { newTrial, readTrial } from '../../parts/trial-draft.ts';
import { TrialFields } from '../../parts/trial-fields.tsx';

/** Tries a version that is there. A changed definition is tried where it is saved. */
export function StartTrialDialog(props: {
  tool: Tool;
  onStarted: () => Promise<unknown>;
  onClose: () => void;
}) {
  const versions = useQuery(() => queries.tools.versions({ id: props.tool.id }));
  const others = createMemo(() =>
    versions.isSuccess ? versions.data.items.filter(({ current }) => !current) : [],
  );
  const [version, setVersion] = createSignal<number | undefined>();
  const [draft, setDraft] = createSignal(newTrial);
  const [force, setForce] = createSignal(false);
  const chosen = () => version() ?? others()[0]?.version;
  const ready = () => chosen() !== undefined && readTrial(draft()) !== null;
  return (
    <FormDialog
      title={t('Try a version')}
      description={t`The other calls get v${props.tool.version}, the current version.`}
      width="560px"
      verb={t('Start trial')}
      ready={ready()}
      failed={t('The trial was not started.')}
      send={async () => {
        const sharing = readTrial(draft());
        if (!sharing) return;
        await api.trials.start.mutate({
          id: props.tool.id,
          version: chosen(),
          ...sharing,
          force: force(),
          ifMatch: entityTag(props.tool.version),
        });
        await props.onStarted();
      }}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <Show
          when={others().length > 0}
          fallback={
            <div class="flex flex-col items-start gap-2">
              <p>{t('The tool has no other version yet. Edit it, and save the changes as a candidate.')}</p>
              <ButtonLink
                to="/t/$tenant/tools/$toolId/edit"
                params={{ tenant: tenantSlug(), toolId: props.tool.id }}
              >
                {t('Edit the tool')}
              </ButtonLink>
            </div>
          }
        >
          <Field label={t('Candidate')} error={issueAt('/version')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={String(chosen())}
                onChange={(event) => setVersion(Number(event.currentTarget.value))}
              >
                <For each={others()}>
                  {(each) => (
                    <option value={String(each.version)}>
                      v{each.version}
                      {each.note === null ? '' : ` · ${each.note}`}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TrialFields
            draft={draft()}
            inputSchema={props.tool.inputSchema}
            issueAt={issueAt}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          <label class="flex items-center gap-2">
            <input
              type="checkbox"
              checked={force()}
              onChange={(event) => setForce(event.currentTarget.checked)}
              class="accent-accent-fill"
            />
            {t('Even if it takes other inputs or gives other outputs')}
          </label>
        </Show>
      )}
    </FormDialog>
  );
}
