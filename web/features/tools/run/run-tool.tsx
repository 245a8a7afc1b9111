import { Braces, CircleCheck, Play, RotateCcw, ScanEye, SquareTerminal } from 'lucide-solid';
import { createSignal, For, Match, onMount, Show, Switch } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { JsonEditor, type JsonEditorHandle } from '../../../kit/json-editor/json-editor.tsx';
import { lineOf } from '../../../kit/json-editor/json-position.ts';
import { SchemaForm, type SchemaFormHandle } from '../../../kit/schema-form/schema-form.tsx';
import { rich, t } from '../../../words/words.ts';
import { copyCurl } from '../parts/copy-curl.ts';
import { isSafeToRetry } from '../parts/tool-words.ts';
import { EarlierExecution } from './earlier-execution.tsx';
import { createEarlier } from './earlier-state.ts';
import { ExecuteProblem } from './execute-problem.tsx';
import { ExecutionPanel } from './execution-panel.tsx';
import { ignoreHeldKey } from './ignore-held-key.ts';
import { placesWords } from './past-input.ts';
import { PastInputMenu } from './past-input-menu.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { createRunSheet, type Tool } from './run-state.ts';
import { TestOutcome } from './test-outcome.tsx';

/** Above: the input, as a form or as JSON. Below: the preview of the request, or the execution. */
export function RunTool(props: {
  tool: Tool;
  tenant: string;
  from: string | undefined;
  inputOf: string | undefined;
  exceptionId: string | undefined;
  sample: boolean;
  /** The version of the draft that is tested. */
  draft?: number;
}) {
  const can = useCan();
  const sheet = createRunSheet({
    tenant: props.tenant,
    tool: props.tool,
    exceptionId: props.exceptionId,
    from: props.from,
    inputOf: props.inputOf,
    sample: props.sample,
    draft: props.draft,
  });
  const [view, setView] = createSignal<'form' | 'json'>(sheet.document.problem() ? 'json' : 'form');
  const [panel, setPanel] = createSignal<'preview' | 'execution' | null>(null);
  const [missing, setMissing] = createSignal<readonly string[]>([]);
  const [unconfirmed, setUnconfirmed] = createSignal(false);
  let earlierSection: HTMLElement | undefined;
  let form: SchemaFormHandle | undefined;
  let editor: JsonEditorHandle | undefined;

  const goTo = (pointer: string) => {
    if (view() === 'form' && form?.focus(pointer)) return;
    if (view() === 'form') setView('json');
    // The editor may still be loading.
    const wait = (attempts: number) => {
      if (editor) editor.focus(pointer);
      else if (attempts > 0) setTimeout(() => wait(attempts - 1), 50);
    };
    queueMicrotask(() => wait(40));
  };
  const goToFirst = () => {
    const [first] = sheet.issues();
    if (first) goTo(first.path);
  };
  /** Invalid JSON needs no request to the server. */
  const isReadable = (): boolean => {
    const problem = sheet.document.problem();
    if (!problem) return true;
    setView('json');
    queueMicrotask(() => editor?.focus());
    return false;
  };

  const validate = async () => {
    if (!isReadable()) return;
    form?.check();
    if (!(await sheet.validate())) goToFirst();
  };
  const preview = async () => {
    if (!can('tools.execute') || !isReadable()) return;
    if (await sheet.makePreview()) setPanel('preview');
    else goToFirst();
  };
  const earlier = createEarlier({
    executionId: sheet.executionId,
    from: props.from,
    inputOf: props.inputOf,
    safeToRetry: () => isSafeToRetry(props.tool),
  });
  const { isRunning } = earlier;
  const execute = async () => {
    if (!mayRun() || isRunning() || earlier.isLoading() || sheet.busy() || !isReadable()) return;
    if (!earlier.isConfirmed()) {
      setUnconfirmed(true);
      document.getElementById('run-confirm')?.focus();
      return;
    }
    const broken = view() === 'form' ? (form?.check() ?? []) : [];
    const [unreadable] = broken.filter((issue) => issue.keyword === 'json');
    if (unreadable) return goTo(unreadable.path);
    if (await sheet.execute()) setPanel('execution');
    else goToFirst();
  };
  const load = async (id: string) => {
    earlier.setPastId(id);
    const places = await sheet.load(id);
    setMissing(places);
    setTimeout(
      () => (places.length === 0 && earlierSection ? earlierSection.focus() : focusStart(places[0])),
      0,
    );
  };
  /** Focuses what must be entered, otherwise the first field. */
  const focusStart = (pointer: string | undefined) => {
    if (pointer !== undefined) goTo(pointer);
    else if (view() === 'json') editor?.focus();
    else if (!form?.focusFirst()) document.getElementById('run-tab-form')?.focus();
  };
  const copy = () =>
    void copyCurl({
      toolId: props.tool.id,
      payload: sheet.shareable(),
      exceptionId: sheet.exceptionId().trim() || undefined,
    });
  onMount(() => {
    // After the dialog, which focuses its Close button.
    setTimeout(() => {
      const id = props.from ?? props.inputOf;
      if (id && !sheet.restored()) void load(id);
      // Who is quick is in a field already.
      else if (!document.activeElement?.matches('[role="dialog"] :is(input, select, textarea)'))
        focusStart(undefined);
    }, 50);
  });

  ignoreHeldKey();

  const mayRun = () => can('tools.execute') && props.tool.enabled && !earlier.isUnsettled();
  const whyNot = () => {
    if (!can('tools.execute')) return t('Only operators can execute tools.');
    if (!props.tool.enabled) return t('This tool is disabled for this organization.');
    return earlier.isUnsettled() ? t('The outcome is unknown. Settle it before you run it again.') : null;
  };

  useActions(() => [
    {
      id: 'run:validate',
      label: t('Validate'),
      keys: 'mod+shift+v',
      group: 'Page',
      inInputs: true,
      run: () => void validate(),
    },
    {
      id: 'run:execute',
      label: t('Execute'),
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => void execute(),
    },
    {
      id: 'run:preview',
      label: t('Preview the request'),
      keys: 'p',
      group: 'Page',
      run: () => void preview(),
    },
    { id: 'run:curl', label: t('Copy as curl'), group: 'Page', run: copy },
  ]);

  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex shrink-0 items-center gap-2 border-b px-5 py-1.5">
        <div role="tablist" aria-label={t('Input as')} class="flex gap-3">
          <For each={['form', 'json'] as const}>
            {(each) => (
              <button
                type="button"
                role="tab"
                id={`run-tab-${each}`}
                aria-selected={view() === each}
                aria-controls="run-input"
                tabindex={view() === each ? 0 : -1}
                onClick={() => setView(each)}
                onKeyDown={(event) => {
                  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
                  setView(each === 'form' ? 'json' : 'form');
                  document.getElementById(`run-tab-${view()}`)?.focus();
                }}
                class="border-b-2 py-0.5"
                classList={{
                  'border-accent font-medium text-text': view() === each,
                  'border-transparent text-muted hover:text-text': view() !== each,
                }}
              >
                {each === 'form' ? t('Form') : t('JSON')}
              </button>
            )}
          </For>
        </div>
        <div class="ml-auto flex items-center gap-1">
          <PastInputMenu toolId={props.tool.id} onPick={(id) => void load(id)} />
          <Button variant="quiet" icon={SquareTerminal} onClick={copy}>
            {t('Copy as curl')}
          </Button>
          <Button
            variant="quiet"
            icon={RotateCcw}
            onClick={() => {
              setMissing([]);
              earlier.setPastId(props.from);
              sheet.reset();
            }}
          >
            {t('Reset')}
          </Button>
        </div>
      </div>

      <Show when={props.tool.version !== sheet.tool.version}>
        <p class="flex shrink-0 items-center gap-2 border-b bg-unknown-soft px-5 py-1.5" role="status">
          {t`The tool has changed: this form is for v${sheet.tool.version}, but Execute uses the current v${props.tool.version}.`}
        </p>
      </Show>
      <div
        id="run-input"
        role="tabpanel"
        aria-labelledby={`run-tab-${view()}`}
        class="min-h-0 flex-1 overflow-auto"
        classList={{ 'flex flex-col': view() === 'json' }}
      >
        <div class="flex flex-col gap-3 px-5 pt-3 empty:hidden">
          <Show
            when={
              (!sheet.executionId() || earlier.needsConfirmation()) && !isRunning() && earlier.execution()
            }
          >
            {(execution) => (
              <EarlierExecution
                execution={execution()}
                tenant={props.tenant}
                safeToRetry={isSafeToRetry(props.tool)}
                confirmed={
                  earlier.needsConfirmation() && !earlier.isUnsettled() ? earlier.isConfirmed() : null
                }
                onConfirm={(confirmed) => {
                  setUnconfirmed(false);
                  earlier.confirm(confirmed);
                }}
                ref={(section) => {
                  earlierSection = section;
                }}
              />
            )}
          </Show>
          <Show when={sheet.restored()}>
            <p class="text-muted text-sm">{t('Your unsent input was restored. Secret fields are empty.')}</p>
          </Show>
          <Show when={missing().length > 0}>
            <p
              class="rounded-md border border-unknown/35 bg-unknown-soft px-3 py-1.5"
              role="status"
            >{t`The input was loaded without secrets. Enter ${placesWords(missing())} again.`}</p>
          </Show>
        </div>
        <Switch>
          <Match when={view() === 'form'}>
            <div class="px-5 py-3.5">
              <Show when={sheet.document.problem()}>
                <p class="mb-3 text-unknown" role="status">
                  {t('The JSON is invalid. The form shows the last valid input.')}{' '}
                  <button type="button" class="text-accent" onClick={() => setView('json')}>
                    {t('Go to JSON')}
                  </button>
                </p>
              </Show>
              <SchemaForm
                schema={sheet.schema}
                value={sheet.document.value()}
                onChange={sheet.set}
                issues={sheet.issues()}
                label={t('Input')}
                handle={(handle) => {
                  form = handle;
                }}
              />
            </div>
          </Match>
          <Match when={view() === 'json'}>
            <div class="flex min-h-60 flex-1 flex-col gap-1 px-5 py-3">
              <div class="min-h-0 flex-1">
                <JsonEditor
                  text={sheet.document.text()}
                  onChange={sheet.setText}
                  issues={sheet.issues()}
                  label={t('Input as JSON')}
                  onSubmit={() => void execute()}
                  handle={(handle) => {
                    editor = handle;
                  }}
                />
              </div>
              <p class="min-h-4 text-failed text-sm" role="status">
                <Show when={sheet.document.problem()}>
                  {(problem) => {
                    const at = () => lineOf(sheet.document.text(), problem().at);
                    return (
                      <>
                        {rich`Line ${() => at().line}, column ${() => at().column}: ${() => problem().message}`}
                      </>
                    );
                  }}
                </Show>
              </p>
            </div>
          </Match>
        </Switch>
        <div class="px-5 pb-4">
          <label class="flex flex-col gap-1">
            <span class="font-medium text-sm">
              {rich`Exception ${<span class="font-normal text-faint">{t('optional')}</span>}`}
            </span>
            <input
              type="text"
              value={sheet.exceptionId()}
              onInput={(event) => sheet.setExceptionId(event.currentTarget.value)}
              maxLength={128}
              autocomplete="off"
              spellcheck={false}
              placeholder={t('ID of the exception that this execution belongs to')}
              class={`${inputClass} font-mono text-sm placeholder:font-sans`}
            />
          </label>
        </div>
      </div>

      <Show when={sheet.error()}>
        {(problem) => (
          <ExecuteProblem
            what={problem().what}
            error={problem().error}
            issues={sheet.issues()}
            tenant={props.tenant}
            onIssue={goTo}
            onPreview={() => void preview()}
          />
        )}
      </Show>

      <Show when={panel() === 'preview' && (sheet.preview() || sheet.previewIsOld())}>
        <PreviewPanel
          preview={sheet.preview()}
          isOld={sheet.previewIsOld()}
          onAgain={() => void preview()}
          onClose={() => setPanel(null)}
        />
      </Show>
      <Show when={panel() === 'execution' && sheet.executionId()}>
        {(id) => (
          <ExecutionPanel
            executionId={id()}
            tenant={props.tenant}
            onIssue={goTo}
            onClose={() => setPanel(null)}
          />
        )}
      </Show>

      <Show when={props.draft}>
        {(version) => (
          <Show
            when={sheet.executionId()}
            fallback={
              <p class="shrink-0 border-t bg-sunken px-5 py-2 text-muted text-sm">
                {t(
                  'This is a test of a draft. The call is real, asks the same policies, and does not count as usage.',
                )}
              </p>
            }
          >
            {(id) => (
              <TestOutcome
                executionId={id()}
                toolId={props.tool.id}
                version={version()}
                tenant={props.tenant}
              />
            )}
          </Show>
        )}
      </Show>

      <div class="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t px-5 py-2.5">
        <Show when={whyNot()}>{(why) => <p class="min-w-0 flex-1 text-muted text-sm">{why()}</p>}</Show>
        <Show when={!whyNot()}>
          <p class="min-w-0 flex-1 truncate text-muted text-sm" role="status">
            <Switch>
              <Match when={unconfirmed() && !earlier.isConfirmed()}>
                <span class="text-unknown">{t('Nothing was sent. Confirm it above first.')}</span>
              </Match>
              <Match when={sheet.valid()}>
                <span class="inline-flex items-center gap-1.5 text-succeeded">
                  <CircleCheck size={14} aria-hidden="true" /> {t('The input is valid.')}
                </span>
              </Match>
              <Match when={sheet.preview()}>
                {(made) => <>{t`Sends exactly the previewed request (${made().digest.slice(0, 12)}).`}</>}
              </Match>
            </Switch>
          </p>
        </Show>
        <Show when={sheet.executionId() && panel() !== 'execution'}>
          <Button variant="quiet" icon={Braces} onClick={() => setPanel('execution')}>
            {t('Show execution')}
          </Button>
        </Show>
        <Button busy={sheet.busy() === 'validate'} keys="mod+shift+v" onClick={() => void validate()}>
          {t('Validate')}
        </Button>
        <Button
          icon={ScanEye}
          busy={sheet.busy() === 'preview'}
          disabled={!can('tools.execute')}
          onClick={() => void preview()}
        >
          {t('Preview')}
        </Button>
        <Button
          variant={earlier.needsConfirmation() ? 'danger' : 'primary'}
          icon={Play}
          keys="mod+enter"
          busy={sheet.busy() === 'execute'}
          disabled={!mayRun() || isRunning() || earlier.isLoading()}
          onClick={() => void execute()}
        >
          {(sheet.executionId() || props.from) && !isRunning()
            ? t('Execute again')
            : props.draft
              ? t('Execute test')
              : t('Execute')}
        </Button>
      </div>
    </div>
  );
}
