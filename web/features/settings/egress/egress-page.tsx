import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { AllowListForm } from './allow-list-form.tsx';
import { ReachList } from './reach-list.tsx';

/** Which hosts calls may reach, and which they reached. */
export function EgressPage() {
  const query = useQuery(() => queries.settings.getEgress());
  return (
    <QueryView query={query} what={t('The settings could not be loaded')}>
      {(settings) => (
        <div class="flex flex-col gap-8">
          <AllowListForm settings={settings()} />
          <BelowLoading>
            <ReachList settings={settings()} />
          </BelowLoading>
        </div>
      )}
    </QueryView>
  );
}
