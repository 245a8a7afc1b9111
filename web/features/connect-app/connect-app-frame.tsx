import { type JSX, onMount } from 'solid-js';
import { t } from '../../words/words.ts';

/** Around the page of a person whom an app has sent here. */
export function ConnectAppFrame(props: { title: string; children: JSX.Element }) {
  onMount(() => {
    document.title = `${props.title} · Interlock`;
  });
  return (
    <main class="flex h-full items-start justify-center overflow-auto px-4 pt-[10vh] pb-10">
      <div class="w-100 max-w-full">
        <div class="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span class="font-semibold text-lg tracking-[-0.01em]">{t('Interlock')}</span>
        </div>
        {props.children}
      </div>
    </main>
  );
}

export const headingClass = 'mb-2 font-semibold text-xl tracking-[-0.01em] break-words';
