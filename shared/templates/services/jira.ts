import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'jira',
  title: 'Jira',
  category: 'projects',
  baseUrl: 'https://{site}.atlassian.net/rest/api/3',
  auth: {
    type: 'basic',
    username: '{email}',
  },
  credential: 'Create an API token for your Atlassian account; the token is the password.',
  parameters: {
    site: {
      title: 'Site',
      description: 'The part before .atlassian.net in the address of your Jira',
      example: 'example',
      pattern: '[a-z0-9-]+',
    },
    email: {
      title: 'Email address',
      description: 'Of the Atlassian account that the API token belongs to',
      example: 'ops@example.com',
      pattern: '[^@\\s:]+@[^@\\s:]+',
    },
  },
  tools: {
    jira_create_issue: {
      title: 'Create an issue',
      description: 'Creates an issue in a project.',
      scopes: ['write:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post',
      method: 'POST',
      path: '/issue',
      body: {
        fields: {
          project: { key: '{project}' },
          issuetype: { name: '{type}' },
          summary: '{summary}',
          description: {
            type: 'doc',
            version: 1,
            content: [
              {
                type: 'paragraph',
                content: [{ type: 'text', text: '{description}' }],
              },
            ],
          },
          labels: '{labels}',
        },
      },
      inputs: {
        project: { type: 'string', description: 'Key of the project' },
        type: { type: 'string', description: 'Name of the type, such as Task or Bug' },
        summary: { type: 'string', description: 'Title' },
        description: { type: 'string', description: 'Text' },
        labels: {
          type: 'array',
          items: { type: 'string' },
          description: 'Labels',
        },
      },
      required: ['project', 'type', 'summary', 'description'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          key: { type: ['string', 'null'] },
          self: { type: ['string', 'null'] },
        },
      },
      sample: {
        project: 'OPS',
        type: 'Task',
        summary: 'Refund order 4711',
        description: 'Twice charged.',
        labels: ['refund'],
      },
    },
    jira_get_issue: {
      title: 'Get an issue',
      description: 'Reads one issue.',
      scopes: ['read:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get',
      method: 'GET',
      path: '/issue/{issueIdOrKey}',
      inputs: {
        issueIdOrKey: { type: 'string', description: 'ID or key of the issue' },
        fields: { type: 'string', description: 'Names of fields, separated by commas' },
      },
      required: ['issueIdOrKey'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          key: { type: ['string', 'null'] },
          fields: { type: ['object', 'null'] },
        },
      },
      sample: { issueIdOrKey: 'OPS-7', fields: 'summary,status' },
    },
    jira_comment_on_issue: {
      title: 'Comment on an issue',
      description: 'Adds a comment to an issue.',
      scopes: ['write:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post',
      method: 'POST',
      path: '/issue/{issueIdOrKey}/comment',
      body: {
        body: {
          type: 'doc',
          version: 1,
          content: [
            {
              type: 'paragraph',
              content: [{ type: 'text', text: '{text}' }],
            },
          ],
        },
      },
      inputs: {
        issueIdOrKey: { type: 'string', description: 'ID or key of the issue' },
        text: { type: 'string', description: 'The comment' },
      },
      required: ['issueIdOrKey', 'text'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          created: { type: ['string', 'null'] },
        },
      },
      sample: { issueIdOrKey: 'OPS-7', text: 'Refunded by hand.' },
    },
    jira_list_transitions: {
      title: 'List transitions',
      description: 'Lists the states that an issue can go to.',
      scopes: ['read:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get',
      method: 'GET',
      path: '/issue/{issueIdOrKey}/transitions',
      inputs: {
        issueIdOrKey: { type: 'string', description: 'ID or key of the issue' },
      },
      required: ['issueIdOrKey'],
      output: {
        type: 'object',
        properties: {
          transitions: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { issueIdOrKey: 'OPS-7' },
    },
    jira_transition_issue: {
      title: 'Move an issue',
      description: 'Moves an issue to another state.',
      scopes: ['write:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-post',
      method: 'POST',
      path: '/issue/{issueIdOrKey}/transitions',
      body: {
        transition: { id: '{transition_id}' },
      },
      inputs: {
        issueIdOrKey: { type: 'string', description: 'ID or key of the issue' },
        transition_id: { type: 'string', description: 'ID of the transition' },
      },
      required: ['issueIdOrKey', 'transition_id'],
      output: {},
      sample: { issueIdOrKey: 'OPS-7', transition_id: '31' },
    },
    jira_assign_issue: {
      title: 'Assign an issue',
      description: 'Gives an issue to a person.',
      scopes: ['write:jira-work'],
      reference:
        'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-assignee-put',
      method: 'PUT',
      path: '/issue/{issueIdOrKey}/assignee',
      inputs: {
        issueIdOrKey: { type: 'string', description: 'ID or key of the issue' },
        accountId: { type: 'string', description: 'Account ID of the person' },
      },
      required: ['issueIdOrKey', 'accountId'],
      output: {},
      sample: { issueIdOrKey: 'OPS-7', accountId: '5b10ac8d82e05b22cc7d4ef5' },
    },
  },
} satisfies ServiceTemplates;
