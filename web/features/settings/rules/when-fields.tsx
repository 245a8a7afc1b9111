import { For } from 'solid-js';
import { severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import type { RuleForm } from './rule-form.ts';

/** When a rule applies. */
export function WhenFields(props: {
  form: RuleForm;
  domains: readonly string[];
  onChange: (change: Partial<RuleForm>) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  return (
    <fieldset class="flex flex-col gap-3 border-t pt-3">
      <legend class="sr-only">{t('When')}</legend>
      <h3 class="font-semibold">{t('When')}</h3>
      <Boxes
        legend={t('Domain')}
        help={t('None: every domain.')}
        all={props.domains}
        chosen={props.form.domains}
        onChange={(domains) => props.onChange({ domains })}
      />
      <Boxes
        legend={t('Severity')}
        help={t('None: every severity. A rule sees the severity that a rule above it has set.')}
        all={severities}
        chosen={props.form.severities}
        onChange={(chosen) =>
          props.onChange({ severities: severities.filter((each) => chosen.includes(each)) })
        }
      />
      <TextInput
        label={t('Condition')}
        mono
        rows={2}
        spellcheck={false}
        maxLength={4096}
        value={props.form.condition}
        onInput={(condition) => props.onChange({ condition })}
        error={props.issueAt('/when/condition')}
        placeholder="exception.attributes.amount > 500"
        help={t(
          'A JSONata expression over the exception: title, description, domain, severity, source and attributes. Empty: always.',
        )}
      />
    </fieldset>
  );
}

function Boxes<T extends string>(props: {
  legend: string;
  help: string;
  all: readonly T[];
  chosen: readonly string[];
  onChange: (chosen: T[]) => void;
}) {
  const toggle = (name: T) =>
    props.onChange(props.all.filter((each) => props.chosen.includes(each) !== (each === name)));
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 font-medium text-sm">{props.legend}</legend>
      <div class="flex flex-wrap gap-x-4 gap-y-1">
        <For each={props.all}>
          {(name) => (
            <label class="flex items-center gap-1.5">
              <input type="checkbox" checked={props.chosen.includes(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          )}
        </For>
      </div>
      <p class="text-faint text-sm">{props.help}</p>
    </fieldset>
  );
}
