import { liveState } from '../../../api/live.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { isOpen } from './execution-words.ts';

/** One execution. While it is open it is also polled, faster when the live stream is down. */
export const useExecution = (id: () => string, enabled: () => boolean = () => true) =>
  useQuery(() => ({
    ...queries.executions.get({ id: id() }),
    enabled: enabled(),
    refetchInterval: (query: {
      state: { data?: { status: 'requested' | 'running' | 'succeeded' | 'failed' } };
    }) => {
      const { data } = query.state;
      if (!data || !isOpen(data)) return false;
      return liveState() === 'live' ? 2_000 : 1_000;
    },
  }));
