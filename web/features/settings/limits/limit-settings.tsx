import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { BreakerList } from './breaker-list.tsx';
import { LimitUses } from './limit-uses.tsx';
import { TenantLimitsForm } from './tenant-limits-form.tsx';

/** What limits the calls of the organization, how much of it is used, and which hosts are not called. */
export function LimitSettings() {
  const query = useQuery(() => ({ ...queries.limits.get(), refetchInterval: 5_000 }));
  return (
    <div class="flex flex-col gap-8">
      <BreakerList />
      <BelowLoading>
        <QueryView query={query} what={t('The limits could not be loaded')}>
          {(limits) => (
            <>
              <LimitUses limits={limits()} />
              <TenantLimitsForm limits={limits()} />
            </>
          )}
        </QueryView>
      </BelowLoading>
    </div>
  );
}
