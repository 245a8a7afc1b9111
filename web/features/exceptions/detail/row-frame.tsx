import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from '../../../kit/button.tsx';
import { dateFormat, formatExactTime } from '../../../kit/format.ts';

const clock = dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** One row of the timeline: icon, content, time. */
export function RowFrame(props: {
  icon: Icon;
  colour?: string | undefined;
  at: string;
  children: JSX.Element;
  /** Below the line. */
  more?: JSX.Element;
}) {
  return (
    <li class="flex gap-2.5 py-1">
      <span class={`flex h-5 shrink-0 items-center ${props.colour ?? 'text-faint'}`}>
        <Dynamic component={props.icon} size={14} aria-hidden="true" />
      </span>
      <div class="min-w-0 flex-1">
        <div class="flex items-baseline gap-3">
          <div class="min-w-0 flex-1 break-words">{props.children}</div>
          <time datetime={props.at} title={formatExactTime(props.at)} class="shrink-0 text-faint text-sm">
            {clock.format(new Date(props.at))}
          </time>
        </div>
        {props.more}
      </div>
    </li>
  );
}
