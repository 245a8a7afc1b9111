import { For } from 'solid-js';
import { createStore } from 'solid-js/store';
import { overlaps } from '../../../../shared/schedules/schedule-schemas.ts';
import type { Inputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormHelpProvider } from '../../../kit/form-help/form-help.tsx';
import { useNow } from '../../../kit/relative-time.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { overlapWords } from '../parts/schedule-words.ts';
import { inputOf, type ScheduleDraft } from './schedule-draft.ts';
import { scheduleHelp } from './schedule-help.ts';
import { TargetFields } from './target-fields.tsx';
import { TimesFields } from './times-fields.tsx';

const minuteMs = 60_000;

/** The form of a schedule, new or changed. */
export function ScheduleForm(props: {
  draft: ScheduleDraft;
  verb: string;
  failed: string;
  save: (input: Inputs['schedules']['create']) => Promise<unknown>;
}) {
  const [draft, setDraft] = createStore<ScheduleDraft>({ ...props.draft });
  const current = useNow();
  // The next times are those of this minute.
  const now = () => new Date(Math.floor(current() / minuteMs) * minuteMs);
  const change = (part: Partial<ScheduleDraft>) => setDraft(part);
  const submission = createSubmission(async () => {
    const input = inputOf(draft, new Date());
    if (input) await props.save(input);
  });
  const issues = () => submission.error()?.issues ?? [];
  const issueAt = (path: string) => issues().find((issue) => issue.path === path)?.message;
  return (
    <FormHelpProvider value={scheduleHelp}>
      <form
        class="flex max-w-220 flex-col gap-6 px-6 max-sm:px-4 py-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submission.submit();
        }}
      >
        <p class="max-w-[68ch] text-muted">
          {t(
            'What it starts is yours: it is done as you, with the rights that you have then, under the policies and approvals of any call.',
          )}
        </p>
        <TargetFields draft={draft} change={change} issues={issues()} />
        <TimesFields draft={draft} now={now()} change={change} issueAt={issueAt} />
        <fieldset class="grid grid-cols-3 gap-4 max-md:grid-cols-1">
          <legend class="pb-2 font-medium">{t('How')}</legend>
          <Field label={t('While one runs')} help={t('What happens to the next one.')}>
            {(attributes) => (
              <select
                {...attributes}
                class={inputClass}
                value={draft.overlap}
                onChange={(event) =>
                  change({ overlap: event.currentTarget.value as ScheduleDraft['overlap'] })
                }
              >
                <For each={overlaps}>
                  {(each) => (
                    <option value={each} selected={each === draft.overlap}>
                      {overlapWords[each]}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TextInput
            label={t('Jitter in minutes')}
            value={draft.jitterMinutes}
            onInput={(jitterMinutes) => change({ jitterMinutes })}
            placeholder="none"
            error={issueAt('/spec/jitterMs')}
          />
          <TextInput
            label={t('Ends after so many runs')}
            value={draft.maxRuns}
            onInput={(maxRuns) => change({ maxRuns })}
            placeholder="never"
            error={issueAt('/maxRuns')}
          />
        </fieldset>
        <FailureNote failed={props.failed} error={submission.error()} highlighted={issues().length > 0} />
        <div>
          <Button
            variant="primary"
            type="submit"
            busy={submission.busy()}
            disabled={inputOf(draft, now()) === null}
          >
            {props.verb}
          </Button>
        </div>
      </form>
    </FormHelpProvider>
  );
}
