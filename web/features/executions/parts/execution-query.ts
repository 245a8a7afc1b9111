import { liveState } from '../../../api/live.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { type Execution, isOpen } from './execution-words.ts';

/** One execution. While it is open it is also polled, faster when the live stream is down. */
export const useExecution = (id: () => string, enabled: () => boolean = () => true) =>
  useQuery(() => ({
    ...queries.executions.get({ id: id() }),
    enabled: enabled(),
    refetchInterval: (query: { state: { data?: Pick<Execution, 'status' | 'approval'> } }) => {
      const { data } = query.state;
      if (!data || !isOpen(data)) return false;
      if (liveState() !== 'live') return 1_000;
      return data.approval?.status === 'waiting' ? 10_000 : 2_000;
    },
  }));
