import { ArrowDown, ArrowUp, Trash2 } from 'lucide-solid';
import { For } from 'solid-js';
import { type InboundDo, inboundDos } from '../../../../shared/inbound/inbound-actions.ts';
import { Button } from '../../../kit/button.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { rich, t } from '../../../words/words.ts';
import { type ActionDraft, actionFields } from './action-draft.ts';
import { actionWords } from './inbound-words.ts';

/** One action: when it is done, for what, and with which values. */
export function ActionEditor(props: {
  draft: ActionDraft;
  index: number;
  count: number;
  issueAt: (pointer: string) => string | undefined;
  onChange: (change: Partial<Pick<ActionDraft, 'do' | 'values'>>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const set = (name: string, value: string) =>
    props.onChange({ values: { ...props.draft.values, [name]: value } });
  const name = () => t`action ${props.index + 1}`;
  return (
    <li class="flex flex-col gap-3 border-t pt-3">
      <div class="flex flex-wrap items-center gap-2">
        <span class="text-faint tabular-nums">{props.index + 1}.</span>
        <select
          aria-label={t`What ${name()} does`}
          class={`${inputClass} max-w-72`}
          value={props.draft.do}
          onChange={(event) => props.onChange({ do: event.currentTarget.value as InboundDo })}
        >
          <For each={inboundDos}>
            {(each) => (
              <option value={each} selected={each === props.draft.do}>
                {actionWords[each]}
              </option>
            )}
          </For>
        </select>
        <div class="ml-auto flex gap-1">
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowUp}
            aria-label={t`Move ${name()} up`}
            disabled={props.index === 0}
            onClick={() => props.onMove(-1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowDown}
            aria-label={t`Move ${name()} down`}
            disabled={props.index === props.count - 1}
            onClick={() => props.onMove(1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={Trash2}
            aria-label={t`Remove ${name()}`}
            onClick={() => props.onRemove()}
          />
        </div>
      </div>
      {props.issueAt('') && <p class="text-failed text-sm">{rich`It ${() => props.issueAt('')}.`}</p>}
      <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TextInput
          label={t('Only when')}
          mono
          spellcheck={false}
          value={props.draft.values.when ?? ''}
          onInput={(value) => set('when', value)}
          error={props.issueAt('/when')}
          placeholder="body.status = 'firing'"
        />
        <TextInput
          label={t('For each of')}
          mono
          spellcheck={false}
          value={props.draft.values.forEach ?? ''}
          onInput={(value) => set('forEach', value)}
          error={props.issueAt('/forEach')}
          placeholder="body.alerts"
        />
        <For each={actionFields[props.draft.do]}>
          {(field) => (
            <div class={field.kind ? 'col-span-full' : ''}>
              <TextInput
                label={field.label}
                required={field.required}
                mono
                spellcheck={false}
                rows={field.kind === 'json' ? 4 : field.kind === 'lines' ? 2 : undefined}
                value={props.draft.values[field.name] ?? ''}
                onInput={(value) => set(field.name, value)}
                error={props.issueAt(`/${field.name}`)}
                placeholder={field.placeholder}
                help={field.help}
              />
            </div>
          )}
        </For>
      </div>
    </li>
  );
}
