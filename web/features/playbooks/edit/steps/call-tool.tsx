import { Match, Show, Switch } from 'solid-js';
import { SelectField, SwitchField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { textOf } from '../../parts/outline.ts';
import { ExpressionField } from '../expression-field.tsx';
import { InputMapping } from '../input-mapping.tsx';
import type { StepForm } from './step-form.ts';
import { useStepTool } from './step-tool.ts';
import { ToolPicker } from './tool-picker.tsx';

export const callToolForm: StepForm = {
  Fields: CallToolFields,
  summary: (step) => ({
    text: textOf(step, 'tool') + (typeof step.version === 'number' ? `@v${step.version}` : ''),
    mono: true,
  }),
};

/** Which tool runs, at which version, and with which input. */
function CallToolFields(props: { path: string }) {
  const form = useDocumentForm();
  const at = (key: string) => `${props.path}/${key}`;
  const tool = useStepTool(
    () => form.text(at('tool')),
    () => {
      const version = form.at(at('version'));
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
          value={form.text(at('version'))}
          options={[
            { value: '', label: tool.current() ? `Current (now v${tool.current()?.version})` : 'Current' },
            ...tool.versions().map((version) => ({ value: String(version), label: `v${version}` })),
          ]}
          onChange={(version) => form.set(at('version'), version === '' ? undefined : Number(version))}
        />
        <SelectField
          pointer={at('onFailure')}
          label="On failure"
          otherwise="stay_open"
          options={[
            { value: 'stay_open', label: 'Wait for a person' },
            { value: 'skip', label: 'Skip the step' },
            { value: 'abort', label: 'Abort the run' },
          ]}
        />
      </div>
      <InputMapping
        pointer={at('input')}
        stepPath={props.path}
        schema={tool.inputSchema()}
        none={
          <Switch>
            <Match when={form.text(at('tool')) === ''}>Choose a tool to see its inputs.</Match>
            <Match when={tool.isLoading()}>Loading the inputs of the tool.</Match>
            <Match when={tool.isMissing()}>Tool not found. Write its input as JSON.</Match>
          </Switch>
        }
      />
      <SwitchField
        pointer={at('undoOnAbort')}
        optional
        label="Undo when the run is aborted or cancelled"
        help="What the tool has done is undone by the tool that it names for that, the last step first."
      />
      <ProbeFields path={props.path} />
    </>
  );
}

/** The call that finds out whether a call of unknown outcome took effect. */
function ProbeFields(props: { path: string }) {
  const form = useDocumentForm();
  const at = () => `${props.path}/probe`;
  const tool = useStepTool(
    () => form.text(`${at()}/tool`),
    () => undefined,
  );
  return (
    <Show
      when={form.at(at()) !== undefined}
      fallback={
        <button
          type="button"
          class="w-fit text-accent hover:text-accent-hover"
          onClick={() => form.set(at(), { tool: '', input: {}, happened: '' })}
        >
          Add a probe: check with the provider when the outcome is unknown
        </button>
      }
    >
      <fieldset class="flex flex-col gap-3 border-l pl-4">
        <legend class="float-left pb-1 font-medium text-sm">Probe for an unknown outcome</legend>
        <div class="clear-both grid grid-cols-2 gap-3.5">
          <ToolPicker pointer={`${at()}/tool`} label="Read-only tool" />
          <ExpressionField
            pointer={`${at()}/happened`}
            label="Done if"
            stepPath={props.path}
            placeholder="output.status = 'refunded'"
            help="Uses output, the output of the probe."
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
          onClick={() => form.set(at(), undefined)}
        >
          Remove the probe
        </button>
      </fieldset>
    </Show>
  );
}
