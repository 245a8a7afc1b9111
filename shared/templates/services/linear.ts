import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'linear',
  title: 'Linear',
  category: 'projects',
  baseUrl: 'https://api.linear.app',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential: 'Create a personal API key in Linear’s settings under Security and access.',
  tools: {
    linear_create_issue: {
      title: 'Create an issue',
      description: 'Creates an issue of a team.',
      scopes: ['write'],
      reference: 'https://linear.app/developers/graphql',
      method: 'POST',
      path: '/graphql',
      body: {
        query:
          'mutation($input: IssueCreateInput!) {{ issueCreate(input: $input) {{ success issue {{ id identifier url }} }} }}',
        variables: {
          input: {
            teamId: '{teamId}',
            title: '{title}',
            description: '{description}',
            priority: '{priority}',
          },
        },
      },
      inputs: {
        teamId: { type: 'string', description: 'ID of the team' },
        title: { type: 'string', description: 'Title' },
        description: { type: 'string', description: 'Text in Markdown' },
        priority: { type: 'integer', description: '0 none, 1 urgent, 2 high, 3 medium, 4 low' },
      },
      required: ['teamId', 'title'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { teamId: '9cfb482a-81e3-4154-b5b9-2c805e70a02d', title: 'Refund order 4711', priority: 2 },
    },
    linear_update_issue: {
      title: 'Change an issue',
      description: 'Changes an issue.',
      scopes: ['write'],
      reference: 'https://linear.app/developers/graphql',
      method: 'POST',
      path: '/graphql',
      body: {
        query:
          'mutation($id: String!, $input: IssueUpdateInput!) {{ issueUpdate(id: $id, input: $input) {{ success issue {{ id identifier url }} }} }}',
        variables: {
          id: '{id}',
          input: { title: '{title}', description: '{description}', stateId: '{stateId}' },
        },
      },
      inputs: {
        id: { type: 'string', description: 'ID of the issue, such as OPS-7' },
        title: { type: 'string', description: 'New title' },
        description: { type: 'string', description: 'New text' },
        stateId: { type: 'string', description: 'ID of the new state' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { id: 'OPS-7', title: 'Refund orders 4711 and 4712' },
    },
    linear_comment_on_issue: {
      title: 'Comment on an issue',
      description: 'Adds a comment to an issue.',
      scopes: ['comments:create'],
      reference: 'https://linear.app/developers/graphql',
      method: 'POST',
      path: '/graphql',
      body: {
        query:
          'mutation($input: CommentCreateInput!) {{ commentCreate(input: $input) {{ success comment {{ id url }} }} }}',
        variables: {
          input: { issueId: '{issueId}', body: '{body}' },
        },
      },
      inputs: {
        issueId: { type: 'string', description: 'ID of the issue' },
        body: { type: 'string', description: 'The comment in Markdown' },
      },
      required: ['issueId', 'body'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { issueId: '9cfb482a-81e3-4154-b5b9-2c805e70a02d', body: 'Refunded by hand.' },
    },
    linear_get_issue: {
      title: 'Get an issue',
      description: 'Reads one issue.',
      scopes: ['read'],
      reference: 'https://linear.app/developers/graphql',
      method: 'POST',
      path: '/graphql',
      body: {
        query: 'query($id: String!) {{ issue(id: $id) {{ id identifier title url }} }}',
        variables: { id: '{id}' },
      },
      idempotent: true,
      inputs: {
        id: { type: 'string', description: 'ID of the issue, such as OPS-7' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { id: 'OPS-7' },
    },
  },
} satisfies ServiceTemplates;
