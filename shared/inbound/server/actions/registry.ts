import type { InboundDo } from '../../inbound-actions.ts';
import type { ActionContext, ActionDone, ActionRunner } from './action.ts';
import { deliverEvent } from './deliver-event.ts';
import { executeTool } from './execute-tool.ts';
import { openException } from './open-exception.ts';
import { resolveException } from './resolve-exception.ts';
import { startPlaybook } from './start-playbook.ts';

/** An action whose values are known, ready to be done. */
export interface ReadyAction {
  values: unknown;
  run(context: ActionContext): Promise<ActionDone>;
}

type Prepare = (values: unknown) => ReadyAction;

const prepareBy =
  <Values>({ values: schema, run }: ActionRunner<Values>): Prepare =>
  (sent) => {
    const values = schema.parse(sent);
    return { values, run: (context) => run(context, values) };
  };

const actions: Record<InboundDo, Prepare> = {
  open_exception: prepareBy(openException),
  resolve_exception: prepareBy(resolveException),
  start_playbook: prepareBy(startPlaybook),
  deliver_event: prepareBy(deliverEvent),
  execute_tool: prepareBy(executeTool),
};

/** @throws ZodError for values that the action cannot have */
export const prepareAction = (kind: InboundDo, values: unknown): ReadyAction => actions[kind](values);
