import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'notion',
  title: 'Notion',
  category: 'projects',
  baseUrl: 'https://api.notion.com/v1',
  auth: {
    type: 'bearer',
  },
  credential: 'Create an internal integration in Notion, share the pages with it, and copy its secret.',
  headers: {
    'Notion-Version': '2025-09-03',
  },
  tools: {
    notion_create_page: {
      title: 'Create a page',
      description: 'Creates a page with a title and a paragraph below another page.',
      scopes: ['Insert content'],
      reference: 'https://developers.notion.com/reference/post-page',
      method: 'POST',
      path: '/pages',
      body: {
        parent: { page_id: '{parent_page_id}' },
        properties: {
          title: {
            title: [
              {
                text: { content: '{title}' },
              },
            ],
          },
        },
        children: [
          {
            object: 'block',
            type: 'paragraph',
            paragraph: {
              rich_text: [
                {
                  type: 'text',
                  text: { content: '{text}' },
                },
              ],
            },
          },
        ],
      },
      inputs: {
        parent_page_id: { type: 'string', description: 'ID of the page above' },
        title: { type: 'string', description: 'Title' },
        text: { type: 'string', description: 'The first paragraph' },
      },
      required: ['parent_page_id', 'title', 'text'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          url: { type: ['string', 'null'] },
        },
      },
      sample: {
        parent_page_id: '59833787-2cf9-4fdf-8782-e53db20768a5',
        title: 'Case 4711',
        text: 'Twice charged.',
      },
    },
    notion_get_page: {
      title: 'Get a page',
      description: 'Reads a page with its properties.',
      scopes: ['Read content'],
      reference: 'https://developers.notion.com/reference/retrieve-a-page',
      method: 'GET',
      path: '/pages/{page_id}',
      inputs: {
        page_id: { type: 'string', description: 'ID of the page' },
      },
      required: ['page_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          url: { type: ['string', 'null'] },
          properties: { type: ['object', 'null'] },
        },
      },
      sample: { page_id: '59833787-2cf9-4fdf-8782-e53db20768a5' },
    },
    notion_update_page: {
      title: 'Change a page',
      description: 'Changes properties of a page.',
      scopes: ['Update content'],
      reference: 'https://developers.notion.com/reference/patch-page',
      method: 'PATCH',
      path: '/pages/{page_id}',
      inputs: {
        page_id: { type: 'string', description: 'ID of the page' },
        properties: { type: 'object', description: 'Properties, as Notion writes them' },
      },
      required: ['page_id', 'properties'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          url: { type: ['string', 'null'] },
        },
      },
      sample: {
        page_id: '59833787-2cf9-4fdf-8782-e53db20768a5',
        properties: {
          Status: {
            select: { name: 'Done' },
          },
        },
      },
    },
    notion_search: {
      title: 'Search pages',
      description: 'Finds pages by their title.',
      scopes: ['Read content'],
      reference: 'https://developers.notion.com/reference/post-search',
      method: 'POST',
      path: '/search',
      idempotent: true,
      inputs: {
        query: { type: 'string', description: 'Words of the title' },
        page_size: { type: 'integer', description: 'Results on a page' },
        start_cursor: { type: 'string', description: 'next_cursor of the page before' },
      },
      required: ['query'],
      output: {
        type: 'object',
        properties: {
          results: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          has_more: { type: ['boolean', 'null'] },
          next_cursor: { type: ['string', 'null'] },
        },
      },
      sample: { query: 'Case 4711', page_size: 10 },
    },
  },
} satisfies ServiceTemplates;
