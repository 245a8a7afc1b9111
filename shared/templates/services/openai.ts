import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'openai',
  title: 'OpenAI',
  category: 'ai',
  baseUrl: 'https://api.openai.com/v1',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a project API key in the OpenAI dashboard.',
  tools: {
    openai_create_response: {
      title: 'Ask a model',
      description: 'Sends a text to a model and returns its answer.',
      scopes: ['Responses: write'],
      reference: 'https://platform.openai.com/docs/api-reference/responses/create',
      method: 'POST',
      path: '/responses',
      inputs: {
        model: { type: 'string', description: 'Name of the model' },
        input: { type: 'string', description: 'The text' },
        instructions: { type: 'string', description: 'What the model should keep to' },
        max_output_tokens: { type: 'integer', description: 'Upper bound of the answer' },
      },
      required: ['model', 'input'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          output: { type: ['array', 'null'] },
        },
      },
      sample: {
        model: 'gpt-4.1-mini',
        input: 'Summarise this case in one sentence: …',
        max_output_tokens: 200,
      },
    },
    openai_chat: {
      title: 'Chat with a model',
      description: 'Sends messages to a model and returns the next one.',
      scopes: ['Chat completions: write'],
      reference: 'https://platform.openai.com/docs/api-reference/chat/create',
      method: 'POST',
      path: '/chat/completions',
      inputs: {
        model: { type: 'string', description: 'Name of the model' },
        messages: {
          type: 'array',
          items: { type: 'object' },
          description: 'Messages with role and content',
        },
        temperature: { type: 'number', description: 'How much answers vary, 0 to 2' },
      },
      required: ['model', 'messages'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          model: { type: ['string', 'null'] },
          choices: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: {
        model: 'gpt-4.1-mini',
        messages: [{ role: 'user', content: 'Say hello.' }],
      },
    },
    openai_create_embedding: {
      title: 'Create an embedding',
      description: 'Turns a text into a vector.',
      scopes: ['Embeddings: write'],
      reference: 'https://platform.openai.com/docs/api-reference/embeddings/create',
      method: 'POST',
      path: '/embeddings',
      idempotent: true,
      inputs: {
        model: { type: 'string', description: 'Name of the model' },
        input: { type: 'string', description: 'The text' },
        dimensions: { type: 'integer', description: 'Length of the vector' },
      },
      required: ['model', 'input'],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          model: { type: ['string', 'null'] },
          usage: { type: ['object', 'null'] },
        },
      },
      sample: { model: 'text-embedding-3-small', input: 'Refund of order 4711' },
    },
    openai_moderate: {
      title: 'Check a text',
      description: 'Says whether a text is harmful.',
      scopes: ['Moderations: write'],
      reference: 'https://platform.openai.com/docs/api-reference/moderations/create',
      method: 'POST',
      path: '/moderations',
      idempotent: true,
      inputs: {
        input: { type: 'string', description: 'The text' },
        model: { type: 'string', description: 'Name of the model' },
      },
      required: ['input'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          model: { type: ['string', 'null'] },
          results: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { input: 'I want my money back.', model: 'omni-moderation-latest' },
    },
    openai_list_models: {
      title: 'List models',
      description: 'Lists the models that the key may use.',
      scopes: ['Models: read'],
      reference: 'https://platform.openai.com/docs/api-reference/models/list',
      method: 'GET',
      path: '/models',
      inputs: {},
      required: [],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: {},
    },
  },
} satisfies ServiceTemplates;
