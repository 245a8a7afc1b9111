import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate } from '@tanstack/solid-router';
import { Play } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { DocumentFormProvider } from '../../../kit/document-form/document-form.ts';
import { createEditorView, EditorFrame } from '../../../kit/document-form/editor-frame.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { type Newer, StaleNotice } from '../../../kit/document-form/stale-notice.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { TrialSharing } from '../parts/trial-draft.ts';
import { AuthSection } from './auth-section.tsx';
import { BasicsSection } from './basics-section.tsx';
import { ConfigSection } from './config-section.tsx';
import { type Definition, definitionText, type Tool } from './definition-document.ts';
import { LimitsSection } from './limits-section.tsx';
import { OutputSection } from './output-section.tsx';
import { providerFormOf } from './providers/registry.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { createToolForm, ToolFormProvider } from './tool-form-state.ts';
import { UndoSection } from './undo-section.tsx';

/** A tool's definition: as fields, and beside them as the document that is saved. */
export function ToolForm(props: {
  tenant: string;
  start: Definition;
  editing: Tool | null;
  /** The draft of the tool, with which the form begins. */
  draft?: Definition | undefined;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = createToolForm({
    tenant: props.tenant,
    definition: props.start,
    editing: props.editing,
    draft: props.draft,
  });
  const view = createEditorView({ panel: 'json' });
  const [reviewing, setReviewing] = createSignal<{ test: boolean } | null>(null);
  const sections = () =>
    [
      ['basics', t('Basics')],
      ['request', providerFormOf(form.text('/type')).title],
      ['inputs', t('Inputs')],
      ['output', t('Output')],
      ['auth', t('Auth')],
      ['limits', t('Limits and retries')],
      ['undo', t('Undo')],
    ] as const;

  /** The version that someone else has published since. `props.start` follows it. */
  const newer = (): Newer | null => {
    const tool = props.editing;
    if (!tool || tool.version <= (form.revision() ?? tool.version)) return null;
    const { updatedBy, updatedAt: at, version } = tool;
    return { by: updatedBy.name, at, name: `v${version}`, document: props.start, revision: version };
  };
  /** Shows the changes of an existing tool before it saves them. */
  const save = async (test: boolean) => {
    if (form.saving()) return;
    form.revealAll();
    if (form.document.problem()) return view.showJson();
    if (!(await form.check())) {
      const [first] = form.issues();
      if (first) view.goTo(first.path);
      return;
    }
    if (test && form.text('/scope') !== 'global') return writeDraft();
    if (!props.editing || props.editing.version === 0) return write(test, '');
    if (!form.dirty()) return leave(props.editing.id, test);
    setReviewing({ test });
  };
  const write = async (test: boolean, note: string, force = false) => {
    if (form.saving()) return;
    try {
      const saved = await form.save(note, force);
      setReviewing(null);
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      // The test sheet shows the version too, and a toast would cover its buttons.
      if (!test) toast(props.editing ? t`Saved as v${saved.version}` : t('Tool created'));
      await leave(saved.id, test);
    } catch (error) {
      setReviewing(null);
      toastError(t('The tool was not saved'), error);
      if (toApiError(error).code === 'precondition_failed')
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools', 'get') });
      const [first] = form.issues();
      if (first) view.goTo(first.path);
    }
  };
  /** Tests what was typed before anyone else gets it. */
  const writeDraft = async () => {
    const { editing } = props;
    if (editing && editing.version > 0 && !form.dirty()) return leave(editing.id, true);
    try {
      const draft = await form.saveDraft();
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      await leave(draft.toolId, draft.version);
    } catch (error) {
      toastError(t('The draft was not saved'), error);
      if (toApiError(error).code === 'precondition_failed')
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools', 'get') });
      const [first] = form.issues();
      if (first) view.goTo(first.path);
    }
  };
  const tryOut = async (note: string, sharing: TrialSharing) => {
    const id = props.editing?.id;
    if (form.saving() || id === undefined) return;
    try {
      await form.tryOut(note, sharing);
      setReviewing(null);
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'trials') });
      await navigate({
        to: '/t/$tenant/tools/$toolId',
        params: { tenant: props.tenant, toolId: id },
        search: { tab: 'trial' },
      });
    } catch (error) {
      setReviewing(null);
      toastError(t('The trial was not started'), error);
      const [first] = form.issues();
      if (first) view.goTo(first.path);
    }
  };
  /** @param test the draft that is tested next, or whether the current version is */
  const leave = (toolId: string, test: boolean | number) =>
    navigate({
      to: test ? '/t/$tenant/tools/$toolId/run' : '/t/$tenant/tools/$toolId',
      params: { tenant: props.tenant, toolId },
      search: typeof test === 'number' ? { draft: test } : {},
    });

  useActions(() => [
    {
      id: 'form:save',
      label: t('Save'),
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => void save(false),
    },
    {
      id: 'form:test',
      label: t('Save and test'),
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => void save(true),
    },
  ]);

  return (
    <DocumentFormProvider value={form}>
      <ToolFormProvider value={form}>
        <EditorFrame
          view={view}
          title={
            props.editing
              ? t`Edit ${form.text('/title') || form.text('/name')}`
              : form.text('/title') || t('New tool')
          }
          back={<ToolsLink tenant={props.tenant} />}
          aside={
            <Show when={props.editing}>{(tool) => <span class="text-muted">v{tool().version}</span>}</Show>
          }
          actions={
            <>
              <Button icon={Play} keys="mod+enter" disabled={form.saving()} onClick={() => void save(true)}>
                {t('Save and test')}
              </Button>
              <Button variant="primary" keys="mod+s" busy={form.saving()} onClick={() => void save(false)}>
                {t('Save')}
              </Button>
            </>
          }
          sections={sections()}
          jsonLabel={t('Definition as JSON')}
          onSubmit={() => void save(true)}
          notices={
            <StaleNotice
              newer={newer()}
              keep={t('Keep my changes')}
              onKeep={() => setReviewing({ test: false })}
              busy={form.saving()}
              text={definitionText}
            />
          }
        >
          <BasicsSection />
          <ConfigSection />
          <FormSection
            id="inputs"
            title={t('Inputs')}
            lead={t(
              'Inputs for the person running it. Secret inputs are masked, and never stored in clear or shown again.',
            )}
          >
            <SchemaEditor pointer="/inputSchema" label={t('Inputs')} one={t('input')} files preview />
          </FormSection>
          <OutputSection />
          <AuthSection />
          <LimitsSection />
          <UndoSection />
        </EditorFrame>
        <Show when={reviewing()}>
          {(review) => (
            <Show when={props.editing}>
              {(tool) => (
                <ReviewDialog
                  form={form}
                  tool={tool()}
                  verb={review().test ? t('Save and test') : t('Save')}
                  busy={form.saving()}
                  onClose={() => setReviewing(null)}
                  onSave={(note, force) => void write(review().test, note, force)}
                  onTry={(note, sharing) => void tryOut(note, sharing)}
                />
              )}
            </Show>
          )}
        </Show>
      </ToolFormProvider>
    </DocumentFormProvider>
  );
}

export const ToolsLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/tools" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Tools')}
  </Link>
);
