import { Match, Show, Switch } from 'solid-js';
import { SelectField, SwitchField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { t } from '../../../../words/words.ts';
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
        <ToolPicker pointer={at('tool')} label={t('Tool')} />
        <SelectField
          pointer={at('version')}
          label={t('Version')}
          value={form.text(at('version'))}
          options={[
            {
              value: '',
              label: tool.current() ? t`Current (now v${tool.current()?.version})` : t('Current'),
            },
            ...tool.versions().map((version) => ({ value: String(version), label: `v${version}` })),
          ]}
          onChange={(version) => form.set(at('version'), version === '' ? undefined : Number(version))}
        />
        <SelectField
          pointer={at('onFailure')}
          label={t('On failure')}
          otherwise="stay_open"
          options={[
            { value: 'stay_open', label: t('Wait for a person') },
            { value: 'skip', label: t('Skip the step') },
            { value: 'abort', label: t('Abort the run') },
          ]}
        />
      </div>
      <InputMapping
        pointer={at('input')}
        stepPath={props.path}
        schema={tool.inputSchema()}
        none={
          <Switch>
            <Match when={form.text(at('tool')) === ''}>{t('Choose a tool to see its inputs.')}</Match>
            <Match when={tool.isLoading()}>{t('Loading the inputs of the tool.')}</Match>
            <Match when={tool.isMissing()}>{t('Tool not found. Write its input as JSON.')}</Match>
          </Switch>
        }
      />
      <SwitchField
        pointer={at('undoOnAbort')}
        optional
        label={t('Undo when the run is aborted or cancelled')}
        help={t('What the tool has done is undone by the tool that it names for that, the last step first.')}
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
          {t('Add a probe: check with the provider when the outcome is unknown')}
        </button>
      }
    >
      <fieldset class="flex flex-col gap-3 border-l pl-4">
        <legend class="float-left pb-1 font-medium text-sm">{t('Probe for an unknown outcome')}</legend>
        <div class="clear-both grid grid-cols-2 gap-3.5">
          <ToolPicker pointer={`${at()}/tool`} label={t('Read-only tool')} />
          <ExpressionField
            pointer={`${at()}/happened`}
            label={t('Done if')}
            stepPath={props.path}
            placeholder="output.status = 'refunded'"
            help={t('Uses output, the output of the probe.')}
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
          {t('Remove the probe')}
        </button>
      </fieldset>
    </Show>
  );
}
