import { QueryClientProvider } from '@tanstack/solid-query';
import { RouterProvider } from '@tanstack/solid-router';
import { render } from 'solid-js/web';
import { createQueryClient } from './api/query-client.ts';
import { Announcer } from './kit/announcer.tsx';
import { router } from './routes.tsx';
import { Toasts } from './shell/toasts.tsx';

const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/join') return;
  // Someone who was at work learns why they are not any more.
  const wasSignedIn = queryClient
    .getQueryCache()
    .getAll()
    .some(({ state }) => state.data !== undefined);
  const search = {
    ...(href !== '/' && { to: href }),
    ...(wasSignedIn && { ended: 'yes' as const }),
  };
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search, replace: true });
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
render(
  () => (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
      <Announcer />
    </QueryClientProvider>
  ),
  root,
);
