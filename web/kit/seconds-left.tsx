import { createSignal, onCleanup } from 'solid-js';

/** "in 4 s", counting down. Screen readers are not interrupted every second. */
export function SecondsLeft(props: { until: number; before: string }) {
  const secondsLeft = () => Math.max(0, Math.ceil((props.until - Date.now()) / 1000));
  const [seconds, setSeconds] = createSignal(secondsLeft());
  const timer = setInterval(() => setSeconds(secondsLeft()), 200);
  onCleanup(() => clearInterval(timer));
  return (
    <span aria-hidden="true" class="whitespace-nowrap tabular-nums">
      {props.before} {seconds()} s
    </span>
  );
}
