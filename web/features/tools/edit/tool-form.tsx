import { useQueryClient } from '@tanstack/solid-query';
import { Link, useBlocker, useNavigate } from '@tanstack/solid-router';
import { CircleAlert, CircleCheck, Code, Play } from 'lucide-solid';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { FormSection } from '../../../kit/document-form/bound-fields.tsx';
import { JsonEditor, type JsonEditorHandle } from '../../../kit/json-editor/json-editor.tsx';
import { lineOf } from '../../../kit/json-editor/json-position.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { focusPointer } from '../../../kit/schema-form/form-context.ts';
import { Status } from '../../../kit/status.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { AuthSection } from './auth-section.tsx';
import { BasicsSection } from './basics-section.tsx';
import { type Definition, sendable, type Tool } from './definition-document.ts';
import { createToolForm, ToolFormProvider } from './form-state.ts';
import { LimitsSection } from './limits-section.tsx';
import { OutputSection } from './output-section.tsx';
import { DummySection } from './providers/dummy/form.tsx';
import { RequestSection } from './providers/http/request-section.tsx';
import { ReviewDialog } from './review-dialog.tsx';

const sections = [
  ['basics', 'Basics'],
  ['request', 'Request'],
  ['inputs', 'Inputs'],
  ['output', 'Output'],
  ['auth', 'Auth'],
  ['limits', 'Limits and repeats'],
] as const;

/** A tool's definition: as fields for a person, and beside them as the document that is saved. */
export function ToolForm(props: { tenant: string; start: Definition; editing: Tool | null }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = createToolForm({ definition: props.start, editing: props.editing });
  const [json, setJson] = createSignal(true);
  const [saving, setSaving] = createSignal(false);
  const [reviewing, setReviewing] = createSignal<{ test: boolean } | null>(null);
  let fields: HTMLDivElement | undefined;
  let editor: JsonEditorHandle | undefined;

  const blocker = useBlocker({
    shouldBlockFn: () => form.dirty() && !saving(),
    enableBeforeUnload: () => form.dirty() && !saving(),
    withResolver: true,
  });

  const goTo = (pointer: string) => {
    if (fields && pointer !== '' && focusPointer(fields, pointer)) return;
    setJson(true);
    queueMicrotask(() => editor?.focus(pointer));
  };

  /** First what would change, then the change. */
  const save = async (test: boolean) => {
    if (saving()) return;
    form.revealAll();
    if (form.document.problem()) {
      setJson(true);
      queueMicrotask(() => editor?.focus());
      return;
    }
    if (!(await form.check())) {
      const [first] = form.issues();
      if (first) goTo(first.path);
      return;
    }
    if (!props.editing) return write(test, '');
    if (!form.dirty()) return leave(props.editing.id, test);
    setReviewing({ test });
  };
  const write = async (test: boolean, note: string) => {
    setSaving(true);
    const definition = sendable(form.definition());
    try {
      const saved = props.editing
        ? await api.tools.update.mutate({ id: props.editing.id, definition, note: note || undefined })
        : await api.tools.create.mutate({ definition });
      setReviewing(null);
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      // The sheet that opens for a test says it as well, and a toast would lie on its buttons.
      if (!test) toast(props.editing ? `Saved as v${saved.version}` : 'Tool created');
      await leave(saved.id, test);
    } catch (error) {
      setReviewing(null);
      const place = form.refuse(error);
      toastError('It was not saved', error);
      if (place !== undefined) goTo(place);
    } finally {
      setSaving(false);
    }
  };
  const leave = (toolId: string, test: boolean) =>
    navigate({
      to: test ? '/t/$tenant/tools/$toolId/run' : '/t/$tenant/tools/$toolId',
      params: { tenant: props.tenant, toolId },
      search: {},
    });

  useActions(() => [
    {
      id: 'form:save',
      label: 'Save',
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => void save(false),
    },
    {
      id: 'form:test',
      label: 'Save and test',
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => void save(true),
    },
    {
      id: 'form:json',
      label: json() ? 'Hide the JSON' : 'Show the JSON',
      group: 'Page',
      run: () => setJson((on) => !on),
    },
    ...sections.map(([id, label], index) => ({
      id: `form:${id}`,
      label,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () => document.getElementById(id)?.scrollIntoView(),
    })),
  ]);

  return (
    <ToolFormProvider value={form}>
      <PageHeader
        title={
          props.editing
            ? `Edit ${form.text('/title') || form.text('/name')}`
            : form.text('/title') || 'New tool'
        }
        back={
          <Link to="/t/$tenant/tools" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
            Tools
          </Link>
        }
        aside={
          <>
            <Show when={props.editing}>{(tool) => <span class="text-muted">v{tool().version}</span>}</Show>
            <Show when={form.dirty()}>
              <span class="text-muted">Unsaved changes</span>
            </Show>
          </>
        }
        actions={
          <>
            <CheckMark form={form} onGo={goTo} />
            <Button
              variant="quiet"
              icon={Code}
              aria-pressed={json()}
              onClick={() => setJson((on) => !on)}
              class={json() ? 'bg-hover text-text' : ''}
            >
              JSON
            </Button>
            <Button icon={Play} keys="mod+enter" disabled={saving()} onClick={() => void save(true)}>
              Save and test
            </Button>
            <Button variant="primary" keys="mod+s" busy={saving()} onClick={() => void save(false)}>
              Save
            </Button>
          </>
        }
      >
        <nav aria-label="Parts of the form" class="flex gap-4 px-6 pb-2">
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
                {id === 'request' && form.text('/type') === 'dummy' ? 'Answer' : label}
              </a>
            )}
          </For>
        </nav>
      </PageHeader>
      <Show when={props.editing && form.editing && props.editing.version !== form.editing.version}>
        <p class="shrink-0 border-b bg-unknown-soft px-6 py-1.5" role="status">
          {props.editing?.updatedBy.name} has published v{props.editing?.version} since you began with v
          {form.editing?.version}. Saving puts your document in its place; reload to begin with theirs.
        </p>
      </Show>
      <div class="flex min-h-0 flex-1">
        <div ref={fields} class="min-w-0 flex-1 overflow-auto" data-scroll-restoration-id="form">
          <BasicsSection />
          <Switch>
            <Match when={form.text('/type') === 'dummy'}>
              <DummySection />
            </Match>
            <Match when={form.text('/type') !== 'dummy'}>
              <RequestSection />
            </Match>
          </Switch>
          <FormSection
            id="inputs"
            title="Inputs"
            lead="What whoever runs it has to give. Secret ones are masked, never stored in clear and never shown again."
          >
            <SchemaEditor pointer="/inputSchema" label="Inputs" one="input" preview />
          </FormSection>
          <OutputSection />
          <AuthSection />
          <LimitsSection />
        </div>
        <Show when={json()}>
          <aside
            aria-label="Definition as JSON"
            class="flex w-[40%] min-w-80 flex-col border-l max-lg:hidden"
          >
            <div class="flex min-h-9 items-center px-4 text-muted text-sm">
              The same document. What you change here changes the fields.
            </div>
            <div class="min-h-0 flex-1 px-4">
              <JsonEditor
                text={form.document.text()}
                onChange={form.document.setText}
                issues={form.shownIssues()}
                label="Definition as JSON"
                onSubmit={() => void save(true)}
                handle={(handle) => {
                  editor = handle;
                }}
              />
            </div>
            <p class="min-h-3 px-4 py-1 text-failed text-sm" role="status">
              <Show when={form.document.problem()}>
                {(problem) => {
                  const at = () => lineOf(form.document.text(), problem().at);
                  return (
                    <>
                      Line {at().line}, column {at().column}: {problem().message}
                    </>
                  );
                }}
              </Show>
            </p>
          </aside>
        </Show>
      </div>
      <Show when={reviewing()}>
        {(review) => (
          <Show when={props.editing}>
            {(tool) => (
              <ReviewDialog
                form={form}
                tool={tool()}
                verb={review().test ? 'Save and test' : 'Save'}
                busy={saving()}
                onClose={() => setReviewing(null)}
                onSave={(note) => void write(review().test, note)}
              />
            )}
          </Show>
        )}
      </Show>
      <ConfirmDialog
        open={blocker().status === 'blocked'}
        onClose={() => blocker().reset?.()}
        onConfirm={() => blocker().proceed?.()}
        title="Leave without saving?"
        verb="Leave"
        keep="Stay"
        danger
      >
        What you changed here is lost.
      </ConfirmDialog>
    </ToolFormProvider>
  );
}

/** Whether it holds together; leads to the first thing that does not. */
function CheckMark(props: { form: ReturnType<typeof createToolForm>; onGo: (pointer: string) => void }) {
  const count = () => props.form.issues().length;
  return (
    <span role="status" class="text-sm">
      <Switch>
        <Match when={props.form.document.problem()}>
          <span class="inline-flex items-center gap-1.5 text-failed">
            <CircleAlert size={14} aria-hidden="true" /> The JSON has a mistake
          </span>
        </Match>
        <Match when={props.form.checkFailed()}>
          {(error) => <span class="text-unknown">Not checked: {error().message}</span>}
        </Match>
        <Match when={count() > 0 && props.form.shownIssues().length === 0}>
          <span class="text-muted">Not complete yet</span>
        </Match>
        <Match when={count() > 0}>
          <button
            type="button"
            class="inline-flex items-center gap-1.5 text-failed underline-offset-2 hover:underline"
            onClick={() => {
              props.form.revealAll();
              const [first] = props.form.issues();
              if (first) props.onGo(first.path);
            }}
          >
            <CircleAlert size={14} aria-hidden="true" /> {count()} {count() === 1 ? 'problem' : 'problems'}
          </button>
        </Match>
        <Match when={props.form.checking()}>
          <Status kind="running" word="Checking" />
        </Match>
        <Match when={true}>
          <span class="inline-flex items-center gap-1.5 text-succeeded">
            <CircleCheck size={14} aria-hidden="true" /> No problems
          </span>
        </Match>
      </Switch>
    </span>
  );
}
