import { Link, useParams } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { IdChip } from '../../../kit/id-chip.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Switch } from '../../../kit/switch.tsx';
import { t } from '../../../words/words.ts';
import type { createEnabledSwitch } from '../parts/enabled-switch.ts';
import { type Tool, toolTypeWord } from '../parts/tool-words.ts';

/** The narrow column: state, identity and history. */
export function ToolFacts(props: { tool: Tool; enabled: ReturnType<typeof createEnabledSwitch> }) {
  const can = useCan();
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  return (
    <Facts>
      <Fact label={t('Status')}>
        <span class="flex items-center gap-2">
          <Switch
            checked={props.enabled.shown(props.tool)}
            busy={props.enabled.busy(props.tool)}
            disabled={!can('tools.enable')}
            label={t('Enabled')}
            onChange={(enabled) => void props.enabled.set(props.tool, enabled)}
          />
          {props.enabled.shown(props.tool) ? t('Enabled') : t('Disabled')}
        </span>
        <Show when={!can('tools.enable')}>
          <span class="text-faint text-sm">{t('Only tool admins can change this.')}</span>
        </Show>
      </Fact>
      <Fact label={t('Name')}>
        <span class="inline-flex items-center gap-0.5">
          <code class="break-all font-mono text-sm">{props.tool.name}</code>
          <CopyButton text={props.tool.name} label={t('Copy name')} />
        </span>
      </Fact>
      <Fact label={t('ID')}>
        <IdChip id={props.tool.id} label={t('Copy tool ID')} />
      </Fact>
      <Fact label={t('Type')}>{toolTypeWord(props.tool.type)}</Fact>
      <Fact label={t('Scope')}>
        {props.tool.scope === 'global' ? t('Global: all organizations') : t('This organization')}
      </Fact>
      <Fact label={t('Category')}>
        <Link
          to="/t/$tenant/tools"
          params={{ tenant: params().tenant }}
          search={{ category: props.tool.category }}
          class="text-accent hover:text-accent-hover"
        >
          {props.tool.category}
        </Link>
      </Fact>
      <Show when={props.tool.tags.length > 0}>
        <Fact label={t('Tags')}>
          <span class="flex flex-wrap gap-1">
            <For each={props.tool.tags}>
              {(tag) => <span class="rounded-sm border px-1.5 text-muted text-sm">{tag}</span>}
            </For>
          </span>
        </Fact>
      </Show>
      <Fact label={t('Version')}>
        v{props.tool.version}, <RelativeTime at={props.tool.updatedAt} />
      </Fact>
      <Fact label={t('Changed by')}>{props.tool.updatedBy.name}</Fact>
      <Fact label={t('Created')}>
        <RelativeTime at={props.tool.createdAt} />
      </Fact>
    </Facts>
  );
}
