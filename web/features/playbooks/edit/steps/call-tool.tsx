import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { queries } from '../../../../api/trpc.ts';
import { Picker } from '../../parts/picker.tsx';
import { Bound, ExpressionField, SelectField } from '../bound-fields.tsx';
import { useEditor } from '../editor-state.ts';
import { InputMapping } from '../input-mapping.tsx';
import { useStepTool } from './step-tool.ts';

/** Which tool runs, at which version, and with which input. */
export function CallToolFields(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  const tool = useStepTool(
    () => editor.text(at('tool')),
    () => {
      const version = editor.at(at('version'));
      return typeof version === 'number' ? version : undefined;
    },
  );
  return (
    <>
      <div class="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] gap-3.5 max-xl:grid-cols-2">
        <ToolPicker pointer={at('tool')} label="Tool" />
        <SelectField
          pointer={at('version')}
          label="Version"
          value={editor.text(at('version'))}
          options={[
            { value: '', label: tool.current() ? `Current (now v${tool.current()?.version})` : 'Current' },
            ...tool.versions().map((version) => ({ value: String(version), label: `v${version}` })),
          ]}
          onChange={(version) => editor.set(at('version'), version === '' ? undefined : Number(version))}
        />
        <SelectField
          pointer={at('onFailure')}
          label="When it fails"
          value={editor.text(at('onFailure')) || 'stay_open'}
          options={[
            { value: 'stay_open', label: 'Stay open for somebody' },
            { value: 'skip', label: 'Skip the step' },
            { value: 'abort', label: 'Abort the run' },
          ]}
          onChange={(next) => editor.set(at('onFailure'), next === 'stay_open' ? undefined : next)}
        />
      </div>
      <InputMapping
        pointer={at('input')}
        stepPath={props.path}
        schema={tool.inputSchema()}
        none={
          <Switch>
            <Match when={editor.text(at('tool')) === ''}>
              Choose a tool: what it takes stands here then.
            </Match>
            <Match when={tool.isLoading()}>Loading what the tool takes.</Match>
            <Match when={tool.isMissing()}>
              There is no tool of this name, so its input is written as JSON.
            </Match>
          </Switch>
        }
      />
      <ProbeFields path={props.path} />
    </>
  );
}

/** What tells whether a call of unknown outcome took effect. */
function ProbeFields(props: { path: string }) {
  const editor = useEditor();
  const at = () => `${props.path}/probe`;
  const tool = useStepTool(
    () => editor.text(`${at()}/tool`),
    () => undefined,
  );
  return (
    <Show
      when={editor.at(at()) !== undefined}
      fallback={
        <button
          type="button"
          class="w-fit text-accent hover:text-accent-hover"
          onClick={() => editor.set(at(), { tool: '', input: {}, happened: '' })}
        >
          Add a probe: ask the provider when the outcome is unknown
        </button>
      }
    >
      <fieldset class="flex flex-col gap-3 border-l pl-4">
        <legend class="float-left pb-1 font-medium text-sm">Probe, when the outcome is unknown</legend>
        <div class="clear-both grid grid-cols-2 gap-3.5">
          <ToolPicker pointer={`${at()}/tool`} label="Tool that only reads" />
          <ExpressionField
            pointer={`${at()}/happened`}
            label="It took effect when"
            stepPath={props.path}
            placeholder="output.status = 'refunded'"
            help="Over output, the probe's answer."
          />
        </div>
        <InputMapping
          pointer={`${at()}/input`}
          stepPath={props.path}
          schema={tool.inputSchema()}
          none={undefined}
        />
        <button
          type="button"
          class="w-fit text-muted hover:text-text"
          onClick={() => editor.set(at(), undefined)}
        >
          Remove the probe
        </button>
      </fieldset>
    </Show>
  );
}

export function ToolPicker(props: { pointer: string; label: string }) {
  const editor = useEditor();
  const [asked, setAsked] = createSignal('');
  const query = useQuery(() => ({
    ...queries.tools.list({ q: asked() || undefined, limit: 12 }),
    placeholderData: keepPreviousData,
  }));
  const options = () =>
    (query.isSuccess ? query.data.items : []).map((tool) => ({
      value: tool.name,
      label: tool.title,
      detail: tool.name,
    }));
  return (
    <Bound pointer={props.pointer} label={props.label} required>
      {(input) => (
        <Picker
          {...input}
          label="Tools"
          text={editor.text(props.pointer)}
          options={options()}
          loading={query.isFetching}
          placeholder="Search tools"
          mono
          free
          onSearch={setAsked}
          onChoose={(option) => editor.set(props.pointer, option?.value ?? '')}
        />
      )}
    </Bound>
  );
}

/** Another playbook, run to its end as one step. */
export function SubPlaybookFields(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  const [asked, setAsked] = createSignal('');
  const name = () => editor.text(at('playbook'));
  const list = useQuery(() => ({
    ...queries.playbooks.list({ q: asked() || undefined, status: 'published', limit: 12 }),
    placeholderData: keepPreviousData,
  }));
  const named = useQuery(() => ({
    ...queries.playbooks.list({ q: name(), limit: 20 }),
    enabled: name() !== '',
  }));
  const id = () =>
    named.isSuccess ? named.data.items.find((playbook) => playbook.name === name())?.id : undefined;
  const playbook = useQuery(() => ({
    ...queries.playbooks.get({ id: id() ?? '' }),
    enabled: id() !== undefined,
  }));
  const schema = () => {
    const found = playbook.isSuccess && id() !== undefined ? playbook.data.document?.inputSchema : undefined;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : null;
  };
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <Bound pointer={at('playbook')} label="Playbook" required help="Runs at the version published then.">
          {(input) => (
            <Picker
              {...input}
              label="Playbooks"
              text={name()}
              options={(list.isSuccess ? list.data.items : []).map((each) => ({
                value: each.name,
                label: each.title,
                detail: each.name,
              }))}
              loading={list.isFetching}
              placeholder="Search playbooks"
              mono
              free
              onSearch={setAsked}
              onChoose={(option) => editor.set(at('playbook'), option?.value ?? '')}
            />
          )}
        </Bound>
        <SelectField
          pointer={at('onFailure')}
          label="When it fails"
          value={editor.text(at('onFailure')) || 'abort'}
          options={[
            { value: 'abort', label: 'Abort this run too' },
            { value: 'skip', label: 'Skip the step' },
          ]}
          onChange={(next) => editor.set(at('onFailure'), next === 'abort' ? undefined : next)}
        />
      </div>
      <InputMapping pointer={at('input')} stepPath={props.path} schema={schema()} none={undefined} />
    </>
  );
}
