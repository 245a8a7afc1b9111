import { useNavigate } from '@tanstack/solid-router';
import { Activity } from 'lucide-solid';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { statusWord } from '../../../kit/status.tsx';
import type { Finder } from '../../../shell/finder.ts';
import { executionKind } from './execution-kind.ts';

const looksLikeId = (text: string) => /^[0-9a-z-]{8,}$/i.test(text) && /\d/.test(text);

/** Finds an execution by its ID. */
export const findExecution: Finder = (text) => {
  const navigate = useNavigate();
  const query = useQuery(() => ({
    ...queries.executions.get({ id: text() }),
    enabled: looksLikeId(text()),
    retry: false,
  }));
  return {
    group: 'Executions',
    searching: () => query.isFetching,
    outdated: () => false,
    found: () => {
      if (!query.isSuccess || !looksLikeId(text())) return [];
      const execution = query.data;
      return [
        {
          id: execution.id,
          label: execution.toolTitle,
          detail: `${statusWord(executionKind(execution))} · ${execution.id}`,
          icon: Activity,
          open: () =>
            void navigate({
              to: '/t/$tenant/executions/$executionId',
              params: { tenant: tenantSlug(), executionId: execution.id },
            }),
        },
      ];
    },
  };
};
