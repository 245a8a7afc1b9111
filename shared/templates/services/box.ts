import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'box',
  title: 'Box',
  category: 'files',
  baseUrl: 'https://api.box.com/2.0',
  auth: {
    type: 'oauth2_authorization_code',
    authorizationUrl: 'https://account.box.com/api/oauth2/authorize',
    tokenUrl: 'https://api.box.com/oauth2/token',
    clientAuthentication: 'body',
  },
  credential: 'Create a custom app with user authentication in Box’s developer console, then sign in.',
  tools: {
    box_create_folder: {
      title: 'Create a folder',
      description: 'Creates a folder in a folder.',
      scopes: ['root_readwrite'],
      reference: 'https://developer.box.com/reference/post-folders',
      method: 'POST',
      path: '/folders',
      body: {
        name: '{name}',
        parent: { id: '{parent_id}' },
      },
      inputs: {
        name: { type: 'string', description: 'Name' },
        parent_id: { type: 'string', description: 'ID of the folder it is in (0 stands for the top)' },
      },
      required: ['name', 'parent_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          name: { type: ['string', 'null'] },
        },
      },
      sample: { name: 'Case 4711', parent_id: '0' },
    },
    box_list_folder: {
      title: 'List a folder',
      description: 'Lists files and folders of a folder.',
      scopes: ['root_readonly'],
      reference: 'https://developer.box.com/reference/get-folders-id-items',
      method: 'GET',
      path: '/folders/{folder_id}/items',
      inputs: {
        folder_id: { type: 'string', description: 'ID of the folder' },
        limit: { type: 'integer', description: 'Results on a page' },
        offset: { type: 'integer', description: 'Where the page begins' },
      },
      required: ['folder_id'],
      output: {
        type: 'object',
        properties: {
          entries: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          total_count: { type: ['integer', 'null'] },
        },
      },
      sample: { folder_id: '0', limit: 100 },
    },
    box_search: {
      title: 'Search files',
      description: 'Finds files and folders.',
      scopes: ['root_readonly'],
      reference: 'https://developer.box.com/reference/get-search',
      method: 'GET',
      path: '/search',
      inputs: {
        query: { type: 'string', description: 'Words' },
        type: { type: 'string', enum: ['file', 'folder', 'web_link'], description: 'Kind' },
        limit: { type: 'integer', description: 'Results on a page' },
      },
      required: ['query'],
      output: {
        type: 'object',
        properties: {
          entries: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          total_count: { type: ['integer', 'null'] },
        },
      },
      sample: { query: 'invoice 4711', type: 'file' },
    },
    box_get_file: {
      title: 'Get a file’s facts',
      description: 'Reads what a file is called, its size and where it is.',
      scopes: ['root_readonly'],
      reference: 'https://developer.box.com/reference/get-files-id',
      method: 'GET',
      path: '/files/{file_id}',
      inputs: {
        file_id: { type: 'string', description: 'ID of the file' },
      },
      required: ['file_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          name: { type: ['string', 'null'] },
          size: { type: ['integer', 'null'] },
        },
      },
      sample: { file_id: '12345' },
    },
  },
} satisfies ServiceTemplates;
