import { CodeBlock } from '../../../kit/code-block.tsx';
import { t } from '../../../words/words.ts';

const query = `query Cases {
  exceptions(status: unresolved, first: 5) {
    nodes {
      number title
      runs { nodes { status steps { title status executions { toolName status } } } }
      events { nodes { type createdAt } }
    }
  }
}`;

/** How a program reads much at once with a key. */
export function QueryGraphql() {
  return (
    <section
      aria-labelledby="query-graphql"
      class="mt-5 flex w-full max-w-[68ch] flex-col gap-3 border-t pt-4"
    >
      <h2 id="query-graphql" class="font-medium">
        {t('Query with GraphQL')}
      </h2>
      <p class="text-muted">
        {t(
          'A program reads cases with their runs, steps, executions and events in one query. A key with the role viewer is enough. Nothing can be changed here. Over a WebSocket, the same path also takes subscriptions.',
        )}
      </p>
      <CodeBlock text={`${location.origin}/graphql`} label={t('GraphQL endpoint')} />
      <CodeBlock text={query} label={t('Query')} />
    </section>
  );
}
