import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'figma',
  title: 'Figma',
  category: 'projects',
  baseUrl: 'https://api.figma.com/v1',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'X-Figma-Token',
  },
  credential: 'Create a personal access token in Figma’s settings under Security.',
  tools: {
    figma_post_comment: {
      title: 'Comment on a file',
      description: 'Adds a comment to a file, or a reply.',
      scopes: ['file_comments:write'],
      reference: 'https://developers.figma.com/docs/rest-api/comments-endpoints/',
      method: 'POST',
      path: '/files/{file_key}/comments',
      inputs: {
        file_key: { type: 'string', description: 'Key of the file, from its address' },
        message: { type: 'string', description: 'The comment' },
        comment_id: { type: 'string', description: 'ID of the comment to reply to' },
      },
      required: ['file_key', 'message'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          message: { type: ['string', 'null'] },
          created_at: { type: ['string', 'null'] },
        },
      },
      sample: { file_key: 'abc123', message: 'Please check the copy.' },
    },
    figma_list_comments: {
      title: 'List comments',
      description: 'Lists the comments of a file.',
      scopes: ['file_comments:read'],
      reference: 'https://developers.figma.com/docs/rest-api/comments-endpoints/',
      method: 'GET',
      path: '/files/{file_key}/comments',
      inputs: {
        file_key: { type: 'string', description: 'Key of the file' },
      },
      required: ['file_key'],
      output: {
        type: 'object',
        properties: {
          comments: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { file_key: 'abc123' },
    },
    figma_get_file: {
      title: 'Get a file',
      description: 'Reads what a file is called and who changed it.',
      scopes: ['file_metadata:read'],
      reference: 'https://developers.figma.com/docs/rest-api/file-endpoints/',
      method: 'GET',
      path: '/files/{file_key}/meta',
      inputs: {
        file_key: { type: 'string', description: 'Key of the file' },
      },
      required: ['file_key'],
      output: {
        type: 'object',
        properties: {
          name: { type: ['string', 'null'] },
          last_touched_at: { type: ['string', 'null'] },
        },
      },
      sample: { file_key: 'abc123' },
    },
    figma_list_versions: {
      title: 'List versions',
      description: 'Lists the versions of a file.',
      scopes: ['file_versions:read'],
      reference: 'https://developers.figma.com/docs/rest-api/version-history-endpoints/',
      method: 'GET',
      path: '/files/{file_key}/versions',
      inputs: {
        file_key: { type: 'string', description: 'Key of the file' },
        page_size: { type: 'integer', description: 'Results on a page' },
      },
      required: ['file_key'],
      output: {
        type: 'object',
        properties: {
          versions: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          pagination: { type: ['object', 'null'] },
        },
      },
      sample: { file_key: 'abc123', page_size: 20 },
    },
  },
} satisfies ServiceTemplates;
