import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'anthropic',
  title: 'Anthropic',
  category: 'ai',
  baseUrl: 'https://api.anthropic.com/v1',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'x-api-key',
  },
  credential: 'Create an API key in the Anthropic console.',
  headers: {
    'anthropic-version': '2023-06-01',
  },
  tools: {
    anthropic_create_message: {
      title: 'Ask a model',
      description: 'Sends a text to a model and returns its answer.',
      scopes: ['API key'],
      reference: 'https://docs.anthropic.com/en/api/messages',
      method: 'POST',
      path: '/messages',
      body: {
        model: '{model}',
        max_tokens: '{max_tokens}',
        system: '{system}',
        temperature: '{temperature}',
        messages: [{ role: 'user', content: '{prompt}' }],
      },
      inputs: {
        model: { type: 'string', description: 'Name of the model' },
        prompt: { type: 'string', description: 'The text' },
        max_tokens: { type: 'integer', description: 'Upper bound of the answer' },
        system: { type: 'string', description: 'What the model should keep to' },
        temperature: { type: 'number', description: 'How much answers vary, 0 to 1' },
      },
      required: ['model', 'prompt', 'max_tokens'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          model: { type: ['string', 'null'] },
          content: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          stop_reason: { type: ['string', 'null'] },
        },
      },
      sample: {
        model: 'claude-sonnet-4-5',
        prompt: 'Summarise this case in one sentence: …',
        max_tokens: 300,
      },
    },
    anthropic_count_tokens: {
      title: 'Count tokens',
      description: 'Says how many tokens a text has.',
      scopes: ['API key'],
      reference: 'https://docs.anthropic.com/en/api/messages-count-tokens',
      method: 'POST',
      path: '/messages/count_tokens',
      body: {
        model: '{model}',
        messages: [{ role: 'user', content: '{prompt}' }],
      },
      idempotent: true,
      inputs: {
        model: { type: 'string', description: 'Name of the model' },
        prompt: { type: 'string', description: 'The text' },
      },
      required: ['model', 'prompt'],
      output: {
        type: 'object',
        properties: {
          input_tokens: { type: ['integer', 'null'] },
        },
      },
      sample: { model: 'claude-sonnet-4-5', prompt: 'Refund of order 4711' },
    },
    anthropic_list_models: {
      title: 'List models',
      description: 'Lists the models that the key may use.',
      scopes: ['API key'],
      reference: 'https://docs.anthropic.com/en/api/models-list',
      method: 'GET',
      path: '/models',
      inputs: {
        limit: { type: 'integer', description: 'Results on a page' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          has_more: { type: ['boolean', 'null'] },
        },
      },
      sample: { limit: 20 },
    },
  },
} satisfies ServiceTemplates;
