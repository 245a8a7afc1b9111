import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query';
import { isTransient, toApiError } from './api-error.ts';

/** @param onSignedOut called when the API responds with 401. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (toApiError(error).code === 'unauthorized') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The live stream announces every change; until then the data is current.
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isTransient(error),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}
