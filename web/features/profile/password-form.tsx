import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { changePassword } from '../../api/session.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { queryKey } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { toast } from '../../shell/toasts.tsx';
import { t } from '../../words/words.ts';
import { PasswordInput } from '../people/parts/password-input.tsx';

/** Changes the password; every other session ends. */
export function PasswordForm() {
  const client = useQueryClient();
  const [current, setCurrent] = createSignal('');
  const [chosen, setChosen] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const ready = () => current() !== '' && chosen() !== '';

  async function save(): Promise<void> {
    if (busy() || !ready()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await changePassword(current(), chosen());
      setCurrent('');
      setChosen('');
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'me') });
      toast(t('Password changed. Your other sessions have ended.'));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      class="flex max-w-80 flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PasswordInput
        label={t('Current password')}
        autocomplete="current-password"
        value={current()}
        onInput={setCurrent}
      />
      <PasswordInput
        label={t('New password')}
        autocomplete="new-password"
        value={chosen()}
        onInput={setChosen}
        help={t('Ten characters or more, and not a common password. Your other sessions end.')}
      />
      <p role="alert" class="text-failed empty:hidden">
        {problem()}
      </p>
      <div>
        <Button type="submit" busy={busy()} disabled={!ready()}>
          {t('Change password')}
        </Button>
      </div>
    </form>
  );
}
