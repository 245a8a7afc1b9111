import { Dialog as Kobalte } from '@kobalte/core/dialog';
import { X } from 'lucide-solid';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../words/words.ts';
import { enterLayer, LayerProvider } from './actions.ts';
import { Button } from './button.tsx';
import { focusOnReturn } from './focus-return.ts';
import { UnderHeading } from './heading.tsx';

interface FrameProps {
  open: boolean;
  onClose: () => void;
  title: JSX.Element;
  /** Below the title; screen readers read it with the title. */
  description?: JSX.Element;
  /** Beside the title. */
  aside?: JSX.Element;
  /** The buttons at the bottom, which do not scroll. */
  footer?: JSX.Element;
  children: JSX.Element;
  /** Default 720 px for a sheet, 440 px for a dialog. */
  width?: string;
  /** Something was typed that closing would lose: Escape asks first, and a press beside it does nothing. */
  unsent?: boolean | undefined;
}

/** Disables the page's keys while a dialog is open. Afterwards the focus is where it was. */
function Layer(props: { children: JSX.Element }) {
  onCleanup(focusOnReturn());
  return <LayerProvider value={enterLayer()}>{props.children}</LayerProvider>;
}

/** A dialog keeps the focus when what had it goes away, such as a button that has done its work. */
function keepFocus(content: HTMLElement): void {
  const keep = () => {
    if (document.activeElement === document.body && !content.closest('[aria-hidden="true"]'))
      content.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => setTimeout(keep));
  observer.observe(content, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  const timer = setTimeout(keep);
  onCleanup(() => {
    observer.disconnect();
    clearTimeout(timer);
  });
}

function Frame(props: FrameProps & { shape: 'dialog' | 'sheet' }) {
  const [asked, setAsked] = createSignal(false);
  const askFirst = (event: Event) => {
    if (!props.unsent || asked()) return;
    event.preventDefault();
    setAsked(true);
  };
  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()} preventScroll={false}>
      <Kobalte.Portal>
        <Layer>
          <Kobalte.Overlay class="fixed inset-0 z-40 bg-scrim" />
          <div
            class="pointer-events-none fixed inset-0 z-50 flex"
            classList={{
              'justify-end': props.shape === 'sheet',
              'items-start justify-center px-4 pt-[12vh]': props.shape === 'dialog',
            }}
          >
            <Kobalte.Content
              ref={keepFocus}
              class="pointer-events-auto flex max-w-full flex-col bg-raised shadow-float outline-none"
              classList={{
                'h-full border-l': props.shape === 'sheet',
                'max-h-[76vh] rounded-lg border': props.shape === 'dialog',
              }}
              style={{ width: props.width ?? (props.shape === 'sheet' ? '720px' : '440px') }}
              onEscapeKeyDown={askFirst}
              onInteractOutside={(event) => props.unsent && event.preventDefault()}
              onInput={() => setAsked(false)}
            >
              <div
                class="flex items-start gap-3 px-5 pt-3.5 pb-3"
                classList={{ 'border-b': props.shape === 'sheet' }}
              >
                <div class="min-w-0 flex-1">
                  <Kobalte.Title class="flex min-h-7 items-center gap-2 text-lg font-semibold tracking-[-0.01em]">
                    {props.title}
                  </Kobalte.Title>
                  <Show when={props.description}>
                    <Kobalte.Description class="text-muted">{props.description}</Kobalte.Description>
                  </Show>
                </div>
                <div class="flex items-center gap-2">
                  {props.aside}
                  <Kobalte.CloseButton
                    as={Button}
                    variant="quiet"
                    iconOnly
                    icon={X}
                    aria-label={t('Close')}
                    title={t('Close (Esc)')}
                  />
                </div>
              </div>
              <div class="min-h-0 flex-1 overflow-auto">
                <UnderHeading level={3}>{props.children}</UnderHeading>
              </div>
              <p role="status" class="px-5 text-unknown not-empty:pb-2">
                {asked() && props.unsent ? t('Press Esc again to discard what you have typed.') : ''}
              </p>
              <Show when={props.footer}>
                <div class="flex items-center gap-2 border-t px-5 py-3">{props.footer}</div>
              </Show>
            </Kobalte.Content>
          </div>
        </Layer>
      </Kobalte.Portal>
    </Kobalte>
  );
}

/** A question or a small form in the middle of the page. */
export const Dialog = (props: FrameProps) => <Frame {...props} shape="dialog" />;

/** A tall panel at the right edge, beside which the page stays visible. */
export const Sheet = (props: FrameProps) => <Frame {...props} shape="sheet" />;

/** Asks for confirmation of what cannot be undone. */
export function ConfirmDialog(props: {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: JSX.Element;
  /** The label of the confirming button: a verb, not "OK". */
  verb: string;
  /** The label of the other button. Default "Cancel". */
  keep?: string;
  busy?: boolean;
  /** False while it has just appeared. */
  armed?: boolean;
  danger?: boolean;
}) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={props.onClose}>{props.keep ?? t('Cancel')}</Button>
          <Button
            variant={props.danger ? 'danger' : 'primary'}
            busy={props.busy}
            armed={props.armed}
            onClick={props.onConfirm}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <div class="px-5 pb-4 text-muted">{props.children}</div>
    </Dialog>
  );
}
