import { keepPreviousData } from '@tanstack/solid-query';
import { useRouter } from '@tanstack/solid-router';
import { Activity, Cable, ListChecks, Play, TriangleAlert, User, Wrench } from 'lucide-solid';
import type { FoundType } from '../../../../shared/search/search-schemas.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import type { Icon } from '../../../kit/button.tsx';
import type { Finder } from '../../../shell/finder.ts';
import { t } from '../../../words/words.ts';

const shown: Record<FoundType, { group: string; icon: Icon }> = {
  execution: { group: t('Executions'), icon: Activity },
  exception: { group: t('Exceptions'), icon: TriangleAlert },
  run: { group: t('Playbook runs'), icon: Play },
  tool: { group: t('Tools'), icon: Wrench },
  playbook: { group: t('Playbooks'), icon: ListChecks },
  connector: { group: t('Connectors'), icon: Cable },
  member: { group: t('Exceptions of a person'), icon: User },
};

/** Finds everything that the person may list, by one request. */
export const findEverything: Finder = (text) => {
  const router = useRouter();
  const query = useQuery(() => ({
    ...queries.search.all({ q: text() }),
    enabled: text() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  }));
  return {
    searching: () => query.isFetching,
    failed: () => query.isError,
    outdated: () => query.isPlaceholderData,
    found: () =>
      (text() !== '' && query.isSuccess ? query.data.items : []).map(
        ({ type, id, title, subtitle, url }) => ({
          id,
          ...shown[type],
          label: title,
          detail: subtitle,
          open: () => router.history.push(url),
        }),
      ),
  };
};
