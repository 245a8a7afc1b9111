import { useSearch } from '@tanstack/solid-router';
import { t } from '../../words/words.ts';
import { ConnectAppFrame, headingClass } from './connect-app-frame.tsx';

/** What went wrong before there was a question. Codes of the protocol: a link cannot put words of its own here. */
const reasons: Record<string, string> = {
  invalid_client: t(
    'Interlock does not know this app, or not any more. Remove the connection in the app and add it again.',
  ),
  invalid_redirect_uri: t(
    'The app wants the answer sent to an address that it has not registered. Remove the connection in the app and add it again.',
  ),
  session_not_found: t(
    'The request has ended, or was begun in another browser. Start again in the app, in the browser that it opens.',
  ),
};

/** `/connect-app/refused`: an app has sent someone here with a request that cannot be answered. */
export default function RefusedPage() {
  const search = useSearch({ from: '/connect-app/refused' });
  return (
    <ConnectAppFrame title={t('App not connected')}>
      <h1 class={headingClass}>{t('The app was not connected')}</h1>
      <p class="text-muted">
        {reasons[search().error ?? ''] ??
          t('The app has sent a request that Interlock does not understand. Nothing was allowed.')}
      </p>
    </ConnectAppFrame>
  );
}
