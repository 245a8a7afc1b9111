import { CodeBlock } from '../../../../../kit/code-block.tsx';
import { formatDuration } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { languageWords } from '../../../parts/code-words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';

/** The source and its limits. */
export function CodeOverview(props: { tool: Extract<Tool, { type: 'code' }> }) {
  const config = () => props.tool.config;
  return (
    <Section title={t('Code')}>
      <Lines>
        <Line label={t('Language')}>{languageWords[config().language]}</Line>
        <Line label={t('Reaches')}>{t('Nothing outside: no network, no files, no secrets')}</Line>
        <Line label={t('Limits')}>
          {rich`${() => formatDuration(config().timeLimitMs)} of CPU time, ${() => config().memoryMb} MB of memory, ${() => Math.round(config().maxOutputBytes / 1024)} kB of output`}
        </Line>
        <Line label={t('Source')}>
          <CodeBlock text={config().source} label={t('Source')} maxHeight="420px" />
        </Line>
      </Lines>
    </Section>
  );
}
