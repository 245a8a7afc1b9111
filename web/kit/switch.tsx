/** While `busy` it shows the requested state, dimmed, until the server has confirmed it. */
export function Switch(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean;
  busy?: boolean;
  title?: string;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.checked}
      aria-label={props.label}
      aria-busy={props.busy ? 'true' : undefined}
      title={props.title}
      disabled={props.disabled}
      onClick={(event) => {
        event.stopPropagation();
        if (!props.busy) props.onChange(!props.checked);
      }}
      class="inline-flex shrink-0 items-center justify-center rounded-full disabled:opacity-45"
    >
      <span
        class="flex h-4 w-7 items-center rounded-full border transition-colors duration-100"
        classList={{
          'border-accent/55 bg-accent-soft': props.checked,
          'border-line-strong bg-hover': !props.checked,
          'opacity-60': props.busy,
        }}
      >
        <span
          class="size-3 rounded-full transition-transform duration-100"
          classList={{
            'translate-x-3.5 bg-accent-fill': props.checked,
            'translate-x-0.5 bg-faint': !props.checked,
          }}
        />
      </span>
    </button>
  );
}
