import { useBlocker, useNavigate } from '@tanstack/solid-router';
import { Code, FlaskConical, Upload } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { CheckMark } from '../../../kit/document-form/check-mark.tsx';
import { EditorSection } from '../../../kit/document-form/form-section.tsx';
import { DocumentPanel } from '../../../kit/document-form/json-panel.tsx';
import type { JsonEditorHandle } from '../../../kit/json-editor/json-editor.tsx';
import { PageHeader } from '../../../kit/page-header.tsx';
import { focusPointer } from '../../../kit/schema-form/form-context.ts';
import type { Document } from '../parts/outline.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';
import { PublishDialog } from '../parts/publish-dialog.tsx';
import { DryRunPanel } from './dry-run-panel.tsx';
import { EditorNotices } from './editor-notices.tsx';
import { createEditor, EditorProvider } from './editor-state.ts';
import { BasicsSection, InputSection } from './playbook-fields.tsx';
import { createStepActions } from './step-actions.ts';
import { stepOf } from './step-issues.ts';
import { StepList } from './step-list.tsx';

const sections = [
  ['basics', 'Basics'],
  ['steps', 'Steps'],
  ['input', 'Input'],
  ['triggers', 'Offered for'],
] as const;

/** A playbook as a list of steps, and beside it as the document that is saved. */
export function PlaybookEditorView(props: { tenant: string; playbook: Playbook | null; document: Document }) {
  const navigate = useNavigate();
  const editor = createEditor({ tenant: props.tenant, playbook: props.playbook, document: props.document });
  const [panel, setPanel] = createSignal<'json' | 'dry-run' | null>(null);
  const [publishing, setPublishing] = createSignal<Playbook | null>(null);
  let fields: HTMLDivElement | undefined;
  let json: JsonEditorHandle | undefined;
  const actions = createStepActions(editor, () => fields);

  const blocker = useBlocker({
    shouldBlockFn: () => editor.dirty() && !editor.saving(),
    enableBeforeUnload: () => editor.dirty() && !editor.saving(),
    withResolver: true,
  });

  const goTo = (pointer: string) => {
    const step = stepOf(editor.value(), pointer);
    if (step !== null) editor.setOpen(step);
    setTimeout(() => {
      if (pointer !== '' && fields && focusPointer(fields, pointer)) return;
      setPanel('json');
      queueMicrotask(() => json?.focus(pointer));
    }, 30);
  };
  /** What is not JSON cannot be saved: the text stays and says where. */
  const save = async (): Promise<Playbook | null> => {
    if (editor.document.problem()) {
      setPanel('json');
      queueMicrotask(() => json?.focus());
      return null;
    }
    const view = await editor.save();
    if (view && !props.playbook)
      await navigate({
        to: '/t/$tenant/playbooks/$playbookId/edit',
        params: { tenant: props.tenant, playbookId: view.id },
        replace: true,
        ignoreBlocker: true,
      });
    return view;
  };
  const publish = async () => {
    const view =
      editor.dirty() || !props.playbook
        ? await save()
        : { ...props.playbook, draftRevision: editor.revision() ?? 0 };
    if (view) setPublishing(view);
  };
  const toggle = (which: 'json' | 'dry-run') => setPanel((before) => (before === which ? null : which));
  const title = () => editor.text('/title') || editor.text('/name');

  useActions(() => [
    {
      id: 'editor:save',
      label: 'Save draft',
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => void save(),
    },
    {
      id: 'editor:publish',
      label: 'Publish',
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => void publish(),
    },
    { id: 'editor:dry-run', label: 'Dry run', keys: 't', group: 'Page', run: () => toggle('dry-run') },
    {
      id: 'editor:json',
      label: panel() === 'json' ? 'Hide the JSON' : 'Show the JSON',
      group: 'Page',
      run: () => toggle('json'),
    },
    ...sections.map(([id, label], index) => ({
      id: `editor:${id}`,
      label,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () => document.getElementById(id)?.scrollIntoView(),
    })),
  ]);

  return (
    <EditorProvider value={editor}>
      <PageHeader
        title={title() || 'New playbook'}
        back={<PlaybooksLink tenant={props.tenant} />}
        aside={
          <>
            <span class="text-muted">
              {props.playbook?.version ? `Draft after v${props.playbook.version}` : 'Draft'}
            </span>
            <Show when={editor.dirty()}>
              <span class="text-muted">Unsaved changes</span>
            </Show>
          </>
        }
        actions={
          <>
            <CheckMark onGo={goTo} />
            <Button
              variant="quiet"
              icon={Code}
              aria-pressed={panel() === 'json'}
              onClick={() => toggle('json')}
              class={panel() === 'json' ? 'bg-hover text-text' : ''}
            >
              JSON
            </Button>
            <Button
              variant="quiet"
              icon={FlaskConical}
              keys="t"
              aria-pressed={panel() === 'dry-run'}
              onClick={() => toggle('dry-run')}
              class={panel() === 'dry-run' ? 'bg-hover text-text' : ''}
            >
              Dry run
            </Button>
            <Button icon={Upload} keys="mod+enter" disabled={editor.saving()} onClick={() => void publish()}>
              Publish
            </Button>
            <Button variant="primary" keys="mod+s" busy={editor.saving()} onClick={() => void save()}>
              Save draft
            </Button>
          </>
        }
      >
        <nav aria-label="Parts of the playbook" class="flex gap-4 px-6 pb-2">
          <For each={sections}>
            {([id, label]) => (
              <a
                href={`#${id}`}
                class="text-muted hover:text-text"
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(id)?.scrollIntoView();
                }}
              >
                {label}
              </a>
            )}
          </For>
        </nav>
      </PageHeader>
      <EditorNotices />
      <div class="flex min-h-0 flex-1">
        <div ref={fields} class="relative min-w-0 flex-1 overflow-auto" data-scroll-restoration-id="editor">
          <BasicsSection />
          <EditorSection id="steps" title="Steps" wide>
            <StepList actions={actions} />
          </EditorSection>
          <InputSection />
        </div>
        <Switch>
          <Match when={panel() === 'json'}>
            <DocumentPanel
              onSubmit={() => void save()}
              handle={(handle) => {
                json = handle;
              }}
            />
          </Match>
          <Match when={panel() === 'dry-run'}>
            <DryRunPanel onClose={() => setPanel(null)} onStep={(path) => goTo(`${path}/title`)} />
          </Match>
        </Switch>
      </div>
      <Show when={publishing()}>
        {(playbook) => (
          <PublishDialog
            playbook={playbook()}
            onClose={() => setPublishing(null)}
            onPublished={(published) =>
              void navigate({
                to: '/t/$tenant/playbooks/$playbookId',
                params: { tenant: props.tenant, playbookId: published.id },
                search: {},
                ignoreBlocker: true,
              })
            }
            onIssue={(issue) => {
              setPublishing(null);
              editor.revealAll();
              // Once the dialog has given the focus back.
              setTimeout(() => goTo(issue.path), 50);
            }}
          />
        )}
      </Show>
      <ConfirmDialog
        open={blocker().status === 'blocked'}
        onClose={() => blocker().reset?.()}
        onConfirm={() => {
          editor.forget();
          blocker().proceed?.();
        }}
        title="Leave without saving?"
        verb="Leave"
        keep="Stay"
        danger
      >
        What you changed here is lost.
      </ConfirmDialog>
    </EditorProvider>
  );
}
