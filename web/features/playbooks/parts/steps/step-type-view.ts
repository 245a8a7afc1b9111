import type { JSX } from 'solid-js';
import type { Icon } from '../../../../kit/button.tsx';
import type { LooseStep } from '../outline.ts';

/** How one way to complete a step is offered and confirmed. */
interface OutcomeView {
  /** Follows the step's title once it is chosen: "Refund: approved". By default the outcome's own title. */
  done?: string;
  /** It calls a tool, so it is sent at once: it cannot be undone for a few seconds. */
  callsTool?: boolean;
}

/** How the pages show one type of step. Everything but the icon is optional. */
export interface StepTypeView {
  icon: Icon;
  /** In a playbook, beside the title: the tool, the event, the condition. */
  Target?: (props: { step: LooseStep }) => JSX.Element;
  /** In a playbook, below the instructions. */
  Details?: (props: { step: LooseStep }) => JSX.Element;
  /** Heads each group of steps inside it. */
  groupWord?: string;
  /** By the id of the outcome. */
  outcomes?: Record<string, OutcomeView>;
  /**
   * The outcome that sends a request. The form then starts with the step's resolved input, shows the request,
   * and no other outcome sends an input.
   */
  requestOutcome?: string;
  /** That outcome sends many requests, as one batch. */
  manyRequests?: true;
  /** People need the results of earlier steps to complete it. */
  needsEarlierResults?: boolean;
  /** Its output is no result that later steps build on. */
  hasNoResult?: boolean;
}
