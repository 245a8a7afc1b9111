import { Globe, Lock } from 'lucide-solid';
import { type Accessor, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { formatNumber, formatRate } from '../../../kit/format.ts';
import { Switch } from '../../../kit/switch.tsx';
import { rich, t } from '../../../words/words.ts';
import type { createEnabledSwitch } from '../parts/enabled-switch.ts';
import { toolTypeWord } from '../parts/tool-words.ts';

export type ToolRow = Outputs['tools']['list']['items'][number];

export function toolColumns(
  enabled: ReturnType<typeof createEnabledSwitch>,
  mayEnable: Accessor<boolean>,
): readonly Column<ToolRow>[] {
  return [
    {
      id: 'name',
      header: t('Tool'),
      main: true,
      cell: (tool) => (
        <span classList={{ 'text-muted': !enabled.shown(tool()) }}>
          <span class="font-medium">{tool().title}</span>
          <span class="ml-2 font-mono text-faint text-sm">{tool().name}</span>
          <Show when={tool().draft}>
            {(draft) => (
              <span class="ml-2 rounded-sm border px-1.5 text-muted text-sm" title={t('Only tests call it')}>
                {tool().version === 0 ? t('Not published') : t`Draft v${draft().version}`}
              </span>
            )}
          </Show>
          <Show when={tool().trial}>
            {(trial) => (
              <span
                class="ml-2 rounded-sm border px-1.5 text-muted text-sm"
                title={t`${trial().percent} % of the calls get v${trial().candidate}`}
              >{t`Trial ${trial().percent} %`}</span>
            )}
          </Show>
        </span>
      ),
    },
    textColumn({ id: 'type', header: t('Type'), needs: 'medium', width: '92px' }, (tool) =>
      toolTypeWord(tool.type),
    ),
    textColumn(
      { id: 'category', header: t('Category'), needs: 'wide', width: '128px' },
      (tool) => tool.category,
    ),
    {
      id: 'scope',
      needs: 'medium',
      header: t('Scope'),
      width: '116px',
      cell: (tool) => <Scope tool={tool()} />,
    },
    {
      id: 'enabled',
      header: t('Enabled'),
      width: '72px',
      cell: (tool) => (
        <span class="inline-flex align-middle">
          <Switch
            checked={enabled.shown(tool())}
            busy={enabled.busy(tool())}
            disabled={!mayEnable() || tool().version === 0}
            label={t`Enable ${tool().title} for this organization`}
            title={mayEnable() ? undefined : t('Only tool admins can enable and disable tools')}
            onChange={(on) => void enabled.set(tool(), on)}
          />
        </span>
      ),
    },
    {
      id: 'runs',
      needs: 'wide',
      header: t('Executions 24 h'),
      align: 'right',
      width: '116px',
      cell: (tool) => (
        <Show when={tool().runs24h > 0} fallback={<span class="text-faint">0</span>}>
          {formatNumber(tool().runs24h)}
        </Show>
      ),
    },
    {
      id: 'rate',
      header: t('Success 24 h'),
      align: 'right',
      width: '104px',
      cell: (tool) => <SuccessRate rate={tool().successRate24h} />,
    },
    timeColumn(
      { id: 'lastRun', header: t('Last execution'), width: '112px' },
      (tool) => tool.lastRunAt,
      t('Never'),
    ),
  ];
}

function Scope(props: { tool: ToolRow }) {
  return (
    <span class="inline-flex items-center gap-1.5 align-bottom text-muted">
      <Show when={props.tool.scope === 'global'} fallback={t('Organization')}>
        <Globe size={13} aria-hidden="true" class="shrink-0 text-faint" />
        {t('Global')}
      </Show>
      <Show when={!props.tool.writable}>
        <span title={props.tool.readOnlyReason ?? t('Read only')} class="inline-flex text-faint">
          <Lock size={12} aria-hidden="true" />
          <span class="sr-only">{rich`Read only. ${() => props.tool.readOnlyReason}`}</span>
        </span>
      </Show>
    </span>
  );
}

/** Coloured only when many executions fail. */
function SuccessRate(props: { rate: number | null }) {
  return (
    <Show when={props.rate !== null} fallback={<span class="text-faint">–</span>}>
      <span
        classList={{
          'text-failed': (props.rate ?? 1) < 0.8,
          'text-unknown': (props.rate ?? 1) >= 0.8 && (props.rate ?? 1) < 0.95,
        }}
      >
        {formatRate(props.rate ?? 0)}
      </span>
    </Show>
  );
}
