import { useSearch } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { CallUsage } from '../../usage/parts/call-usage.tsx';
import { CountedTools } from '../../usage/parts/counted-tools.tsx';
import { usageInputOf } from '../../usage/parts/period.tsx';
import type { Connector } from '../parts/connector-words.ts';

/** How the tools of this connector are used. */
export function ConnectorUsage(props: { connector: Connector }) {
  const search = useSearch({ from: '/t/$tenant/connectors/$connectorId' });
  const query = useQuery(() => ({
    ...queries.usage.connector({ id: props.connector.id, ...usageInputOf(search().period) }),
    refetchInterval: 60_000,
  }));
  return (
    <QueryView query={query} what={t('The usage could not be loaded')}>
      {(usage) => (
        <CallUsage usage={usage()} period={search().period} of={{ connectorId: props.connector.id }}>
          <Section title={t('Tools')}>
            <CountedTools label={t('Tools')} what="tool" rows={usage().tools} span={usage().period} />
          </Section>
        </CallUsage>
      )}
    </QueryView>
  );
}
