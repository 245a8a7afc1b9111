import { createSignal, For } from 'solid-js';
import { CodeBlock } from '../../../kit/code-block.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { agentClients } from './agent-clients.ts';

/** How an agent uses a key: the endpoint, and what usual clients want to know. */
export function ConnectAgent() {
  const endpoint = `${location.origin}/mcp`;
  const [chosen, setChosen] = createSignal(agentClients[0]!.name);
  const client = () => agentClients.find(({ name }) => name === chosen()) ?? agentClients[0]!;
  return (
    <section
      aria-labelledby="connect-agent"
      class="mt-5 flex w-full max-w-[68ch] flex-col gap-3 border-t pt-4"
    >
      <h2 id="connect-agent" class="font-medium">
        {t('Connect an agent')}
      </h2>
      <p class="text-muted">
        {t(
          "An agent runs your tools over the Model Context Protocol with a key. Give it a key of its own: the role operator, only the tools it needs, and only by MCP. Policies, approvals and limits hold as everywhere. A person's own client needs no key: given the endpoint alone, it asks that person in their browser.",
        )}
      </p>
      <CodeBlock text={endpoint} label={t('Endpoint')} />
      <Field label={t('Client')} help={client().where}>
        {(input) => (
          <select
            {...input}
            class={`${inputClass} max-w-60`}
            value={chosen()}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            <For each={agentClients}>
              {({ name }) => (
                <option value={name} selected={name === chosen()}>
                  {name}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <CodeBlock text={client().config(endpoint)} label={t('Configuration')} language={client().language} />
    </section>
  );
}
