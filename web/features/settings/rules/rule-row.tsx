import { Link } from '@tanstack/solid-router';
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-solid';
import { Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Switch as OnOff } from '../../../kit/switch.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { type Rule, setWords, whenWords } from '../../rules/parts/rule-words.ts';

/** A rule in its place. */
export function RuleRow(props: {
  rule: Rule;
  last: boolean;
  busy: boolean;
  onMove: (by: -1 | 1) => void;
  onEnable: (enabled: boolean) => void;
  onEdit: () => void;
  onArchive: () => void;
}) {
  const can = useCan();
  return (
    <li data-rule={props.rule.id} class="flex flex-wrap items-start gap-x-3 gap-y-1 border-b py-2">
      <span class="w-5 pt-0.5 text-right text-faint tabular-nums">{props.rule.position}</span>
      <div class="min-w-48 flex-1">
        <p class="break-words font-medium">
          {props.rule.name}
          <Show when={!props.rule.enabled}>
            <span class="ml-2 rounded-sm border px-1.5 font-normal text-muted text-sm">{t('Disabled')}</span>
          </Show>
        </p>
        <p class="break-words text-muted">{whenWords(props.rule)}</p>
        <p class="break-words">{setWords(props.rule)}</p>
        <Show when={props.rule.problem}>
          <p class="text-failed">{said(props.rule.problem)}</p>
        </Show>
        <LastUse rule={props.rule} />
      </div>
      <span class="pt-0.5 text-muted text-sm max-md:hidden">
        {rich`changed ${<RelativeTime at={props.rule.updatedAt} />} by ${() => props.rule.updatedBy.name}`}
      </span>
      <Show when={can('rules.write')}>
        <div class="flex items-center gap-1">
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowUp}
            aria-label={t`Move ${props.rule.name} up`}
            title={t('Move up')}
            data-move={-1}
            disabled={props.rule.position === 1}
            onClick={() => props.onMove(-1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowDown}
            aria-label={t`Move ${props.rule.name} down`}
            title={t('Move down')}
            data-move={1}
            disabled={props.last}
            onClick={() => props.onMove(1)}
          />
          <OnOff
            checked={props.rule.enabled}
            busy={props.busy}
            label={t`Enable ${props.rule.name}`}
            onChange={(enabled) => props.onEnable(enabled)}
          />
          <Menu
            trigger={<Ellipsis size={14} aria-hidden="true" />}
            triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
            label={t`More for ${props.rule.name}`}
            placement="bottom-end"
          >
            <MenuItem onSelect={() => props.onEdit()}>{t('Edit')}</MenuItem>
            <MenuItem danger onSelect={() => props.onArchive()}>
              {t('Archive')}
            </MenuItem>
          </Menu>
        </div>
      </Show>
    </li>
  );
}

/** The last exception that the rule was about. */
const LastUse = (props: { rule: Rule }) => (
  <Show
    when={props.rule.last}
    fallback={<p class="text-faint text-sm">{t('It has not applied to an exception yet.')}</p>}
  >
    {(last) => (
      <p class={`break-words text-sm ${last().problem ? 'text-failed' : 'text-faint'}`}>
        {last().problem ? t('Failed') : t('Applied')} <RelativeTime at={last().at} />
        <Show when={last().exceptionNumber}>
          {(number) => (
            <>
              {' '}
              {rich`on ${(
                <Link
                  to="/t/$tenant/exceptions/$exceptionId"
                  params={{ tenant: tenantSlug(), exceptionId: last().exceptionId }}
                  class="underline underline-offset-2"
                >
                  {exceptionLabel(number())}
                </Link>
              )}`}
            </>
          )}
        </Show>
        <Show when={last().problem}>{(problem) => <>: {said(problem())}</>}</Show>
      </p>
    )}
  </Show>
);
