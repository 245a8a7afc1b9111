import { useSearch } from '@tanstack/solid-router';
import { ConnectAppFrame, headingClass } from './connect-app-frame.tsx';

/** What went wrong before there was a question. Codes of the protocol: a link cannot put words of its own here. */
const reasons: Record<string, string> = {
  invalid_client:
    'Interlock does not know this app, or not any more. Remove the connection in the app and add it again.',
  invalid_redirect_uri:
    'The app wants the answer sent to an address that it has not registered. Remove the connection in the app and add it again.',
  session_not_found:
    'The request has ended, or was begun in another browser. Start again in the app, in the browser that it opens.',
};

/** `/connect-app/refused`: an app has sent someone here with a request that cannot be answered. */
export default function RefusedPage() {
  const search = useSearch({ from: '/connect-app/refused' });
  return (
    <ConnectAppFrame title="App not connected">
      <h1 class={headingClass}>The app was not connected</h1>
      <p class="text-muted">
        {reasons[search().error ?? ''] ??
          'The app has sent a request that Interlock does not understand. Nothing was allowed.'}
      </p>
    </ConnectAppFrame>
  );
}
