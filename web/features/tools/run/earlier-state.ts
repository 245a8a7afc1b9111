import { type Accessor, createSignal } from 'solid-js';
import { actsAgain, isUnsettled } from '../../executions/parts/earlier-words.ts';
import { useExecution } from '../../executions/parts/execution-query.ts';
import { isOpen } from '../../executions/parts/execution-words.ts';

/**
 * What Execute would do again: the last execution of this sheet, or else the one whose input was loaded.
 * @param sheet.executionId of the sheet's last execution
 * @param sheet.from the execution that is run again
 */
export function createEarlier(sheet: {
  executionId: Accessor<string | null>;
  from: string | undefined;
  inputOf: string | undefined;
  safeToRetry: Accessor<boolean>;
}) {
  const [pastId, setPastId] = createSignal(sheet.from ?? sheet.inputOf);
  const [confirmedFor, setConfirmedFor] = createSignal<string | null>(null);
  const past = useExecution(
    () => pastId() ?? '',
    () => pastId() !== undefined,
  );
  const own = useExecution(
    () => sheet.executionId() ?? '',
    () => sheet.executionId() !== null,
  );
  const execution = () => {
    if (sheet.executionId()) return own.isSuccess ? own.data : undefined;
    return pastId() !== undefined && past.isSuccess ? past.data : undefined;
  };
  /** A second call may have a second effect: a person confirms it. */
  const needsConfirmation = () => {
    const earlier = execution();
    return earlier !== undefined && actsAgain(earlier, sheet.safeToRetry());
  };
  return {
    execution,
    /** Of the loaded input. */
    setPastId,
    isLoading: () => pastId() !== undefined && !sheet.executionId() && past.isPending,
    /** The sheet's own execution is in progress. */
    isRunning: () => own.isSuccess && sheet.executionId() !== null && isOpen(own.data),
    /** What is run again has to be settled first. */
    isUnsettled: () => {
      const earlier = sheet.from === undefined ? undefined : execution();
      return earlier !== undefined && isUnsettled(earlier);
    },
    needsConfirmation,
    isConfirmed: () => !needsConfirmation() || confirmedFor() === execution()?.id,
    confirm: (confirmed: boolean) => setConfirmedFor(confirmed ? (execution()?.id ?? null) : null),
  };
}
