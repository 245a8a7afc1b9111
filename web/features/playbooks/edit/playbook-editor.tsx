import { useNavigate } from '@tanstack/solid-router';
import { FlaskConical, History, Upload, Workflow } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { DocumentFormProvider } from '../../../kit/document-form/document-form.ts';
import { createEditorView, EditorFrame, PanelButton } from '../../../kit/document-form/editor-frame.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { t } from '../../../words/words.ts';
import { BacktestPanel } from '../parts/backtest-panel.tsx';
import type { Document } from '../parts/outline.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';
import { PublishDialog } from '../parts/publish-dialog.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { DryRunPanel } from './dry-run-panel.tsx';
import { createEditor, EditorProvider } from './editor-state.ts';
import { GraphPanel } from './graph-panel.tsx';
import { BasicsSection, InputSection, TriggersSection } from './playbook-fields.tsx';
import { createStepActions } from './step-actions.ts';
import { stepOf } from './step-issues.ts';
import { StepList } from './step-list.tsx';

const sections = [
  ['basics', t('Basics')],
  ['steps', t('Steps')],
  ['input', t('Inputs')],
  ['triggers', t('Offered for')],
] as const;

/** A playbook as a list of steps, and beside it as the document that is saved. */
export function PlaybookEditorView(props: {
  tenant: string;
  playbook: Playbook | null;
  /** Under which the tab keeps what is typed into a new playbook. Default: `new`. */
  newKey?: string;
  document: Document;
}) {
  const navigate = useNavigate();
  const editor = createEditor({
    tenant: props.tenant,
    playbook: props.playbook,
    newKey: props.newKey ?? 'new',
    document: props.document,
  });
  const [publishing, setPublishing] = createSignal<Playbook | null>(null);
  const [backtesting, setBacktesting] = createSignal(false);
  const view = createEditorView({
    panel: null,
    reveal: (pointer) => {
      const step = stepOf(editor.value(), pointer);
      if (step !== null) editor.setOpen(step);
    },
  });
  const leaveGraph = () => {
    if (!window.matchMedia('(min-width: 64rem)').matches) view.close();
  };
  const actions = createStepActions(editor, () => view.parts.fields);

  /** Text that is not JSON cannot be saved; the JSON shows where the problem is. */
  const store = async (): Promise<Playbook | null> => {
    if (!editor.document.problem()) return await editor.save();
    view.showJson();
    return null;
  };
  /** A new playbook continues on its own page. */
  const continueWith = async (saved: Playbook) => {
    if (props.playbook) return;
    await navigate({
      to: '/t/$tenant/playbooks/$playbookId/edit',
      params: { tenant: props.tenant, playbookId: saved.id },
      replace: true,
      ignoreBlocker: true,
    });
  };
  const save = async () => {
    const saved = await store();
    if (saved) await continueWith(saved);
  };
  const publish = async () => {
    const saved =
      editor.dirty() || !props.playbook
        ? await store()
        : { ...props.playbook, draftRevision: editor.revision() ?? 0 };
    if (saved) setPublishing(saved);
  };
  /** Not before the dialog has closed: it would close with this page. */
  const stopPublishing = () => {
    const saved = publishing();
    setPublishing(null);
    if (saved) void continueWith(saved);
  };

  useActions(() => [
    {
      id: 'editor:save',
      label: t('Save draft'),
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => void save(),
    },
    {
      id: 'editor:publish',
      label: t('Publish'),
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => void publish(),
    },
    { id: 'editor:graph', label: t('Graph'), group: 'Page', run: () => view.toggle('graph') },
    {
      id: 'editor:dry-run',
      label: t('Dry run'),
      keys: 't',
      group: 'Page',
      run: () => view.toggle('dry-run'),
    },
    ...(props.playbook
      ? [
          {
            id: 'editor:backtest',
            label: t('Backtest'),
            keys: 'b',
            group: 'Page' as const,
            run: () => setBacktesting(true),
          },
        ]
      : []),
  ]);

  return (
    <DocumentFormProvider value={editor}>
      <EditorProvider value={editor}>
        <EditorFrame
          view={view}
          title={editor.text('/title') || editor.text('/name') || t('New playbook')}
          back={<PlaybooksLink tenant={props.tenant} />}
          aside={
            <span class="text-muted">
              {props.playbook?.version ? t`Draft after v${props.playbook.version}` : t('Draft')}
            </span>
          }
          actions={
            <>
              <PanelButton view={view} panel="graph" icon={Workflow}>
                {t('Graph')}
              </PanelButton>
              <PanelButton view={view} panel="dry-run" icon={FlaskConical} keys="t">
                {t('Dry run')}
              </PanelButton>
              <Show when={props.playbook}>
                <Button icon={History} keys="b" onClick={() => setBacktesting(true)}>
                  {t('Backtest')}
                </Button>
              </Show>
              <Button
                icon={Upload}
                keys="mod+enter"
                disabled={editor.saving()}
                onClick={() => void publish()}
              >
                {t('Publish')}
              </Button>
              <Button variant="primary" keys="mod+s" busy={editor.saving()} onClick={() => void save()}>
                {t('Save draft')}
              </Button>
            </>
          }
          sections={sections}
          jsonLabel={t('Playbook as JSON')}
          onSubmit={() => void save()}
          notices={<ConflictNotice />}
          panels={{
            graph: () => (
              <GraphPanel
                actions={actions}
                onLeave={leaveGraph}
                onOpen={(path) => {
                  leaveGraph();
                  view.goTo(`${path}/title`);
                }}
              />
            ),
            'dry-run': () => (
              <DryRunPanel onClose={view.close} onStep={(path) => view.goTo(`${path}/title`)} />
            ),
          }}
        >
          <BasicsSection />
          <FormSection id="steps" title={t('Steps')} wide>
            <StepList actions={actions} />
          </FormSection>
          <InputSection />
          <TriggersSection />
        </EditorFrame>
        <Show when={props.playbook}>
          {(playbook) => (
            <Sheet
              open={backtesting()}
              onClose={() => setBacktesting(false)}
              title={t('Backtest')}
              description={t('The playbook as it is in the editor, on cases that have ended.')}
            >
              <div class="px-5 py-4">
                <BacktestPanel playbookId={playbook().id} tried={{ definition: editor.value() }} />
              </div>
            </Sheet>
          )}
        </Show>
        <Show when={publishing()}>
          {(playbook) => (
            <PublishDialog
              playbook={playbook()}
              onClose={stopPublishing}
              onPublished={(published) => {
                setPublishing(null);
                void navigate({
                  to: '/t/$tenant/playbooks/$playbookId',
                  params: { tenant: props.tenant, playbookId: published.id },
                  search: {},
                  ignoreBlocker: true,
                });
              }}
              onIssue={(issue) => {
                stopPublishing();
                editor.revealAll();
                // After the dialog has returned the focus.
                setTimeout(() => view.goTo(issue.path), 50);
              }}
            />
          )}
        </Show>
      </EditorProvider>
    </DocumentFormProvider>
  );
}
