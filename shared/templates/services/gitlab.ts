import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'gitlab',
  title: 'GitLab',
  category: 'development',
  baseUrl: 'https://{host}/api/v4',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'PRIVATE-TOKEN',
  },
  credential: 'Create a project, group or personal access token with the scope api in GitLab.',
  parameters: {
    host: {
      title: 'Host',
      description: 'gitlab.com, or that of your own GitLab',
      example: 'gitlab.com',
    },
  },
  tools: {
    gitlab_create_issue: {
      title: 'Create an issue',
      description: 'Opens an issue in a project.',
      scopes: ['api'],
      reference: 'https://docs.gitlab.com/api/issues/',
      method: 'POST',
      path: '/projects/{project_id}/issues',
      inputs: {
        project_id: { type: 'integer', description: 'Number of the project' },
        title: { type: 'string', description: 'Title' },
        description: { type: 'string', description: 'Text in Markdown' },
        labels: { type: 'string', description: 'Names, separated by commas' },
      },
      required: ['project_id', 'title'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          iid: { type: ['integer', 'null'] },
          web_url: { type: ['string', 'null'] },
        },
      },
      sample: { project_id: 278964, title: 'Refund fails for order 4711', labels: 'bug' },
    },
    gitlab_update_issue: {
      title: 'Change or close an issue',
      description: 'Changes an issue.',
      scopes: ['api'],
      reference: 'https://docs.gitlab.com/api/issues/',
      method: 'PUT',
      path: '/projects/{project_id}/issues/{issue_iid}',
      inputs: {
        project_id: { type: 'integer', description: 'Number of the project' },
        issue_iid: { type: 'integer', description: 'Number of the issue in its project' },
        title: { type: 'string', description: 'New title' },
        description: { type: 'string', description: 'New text' },
        labels: { type: 'string', description: 'Labels that replace the present ones' },
        state_event: { type: 'string', enum: ['close', 'reopen'], description: 'New state' },
      },
      required: ['project_id', 'issue_iid'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          iid: { type: ['integer', 'null'] },
          state: { type: ['string', 'null'] },
          web_url: { type: ['string', 'null'] },
        },
      },
      sample: { project_id: 278964, issue_iid: 7, state_event: 'close' },
    },
    gitlab_comment_on_issue: {
      title: 'Comment on an issue',
      description: 'Adds a comment to an issue.',
      scopes: ['api'],
      reference: 'https://docs.gitlab.com/api/notes/',
      method: 'POST',
      path: '/projects/{project_id}/issues/{issue_iid}/notes',
      inputs: {
        project_id: { type: 'integer', description: 'Number of the project' },
        issue_iid: { type: 'integer', description: 'Number of the issue in its project' },
        body: { type: 'string', description: 'Text in Markdown' },
      },
      required: ['project_id', 'issue_iid', 'body'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          body: { type: ['string', 'null'] },
        },
      },
      sample: { project_id: 278964, issue_iid: 7, body: 'Refunded by hand.' },
    },
    gitlab_create_merge_request: {
      title: 'Create a merge request',
      description: 'Asks to merge a branch into another.',
      scopes: ['api'],
      reference: 'https://docs.gitlab.com/api/merge_requests/',
      method: 'POST',
      path: '/projects/{project_id}/merge_requests',
      inputs: {
        project_id: { type: 'integer', description: 'Number of the project' },
        source_branch: { type: 'string', description: 'Branch with the changes' },
        target_branch: { type: 'string', description: 'Branch to merge into' },
        title: { type: 'string', description: 'Title' },
      },
      required: ['project_id', 'source_branch', 'target_branch', 'title'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          iid: { type: ['integer', 'null'] },
          web_url: { type: ['string', 'null'] },
        },
      },
      sample: {
        project_id: 278964,
        source_branch: 'retry-refunds',
        target_branch: 'main',
        title: 'Retry refunds',
      },
    },
    gitlab_run_pipeline: {
      title: 'Run a pipeline',
      description: 'Starts the pipeline of a branch or tag.',
      scopes: ['api'],
      reference: 'https://docs.gitlab.com/api/pipelines/',
      method: 'POST',
      path: '/projects/{project_id}/pipeline',
      inputs: {
        project_id: { type: 'integer', description: 'Number of the project' },
        ref: { type: 'string', description: 'Branch or tag' },
      },
      required: ['project_id', 'ref'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          status: { type: ['string', 'null'] },
          web_url: { type: ['string', 'null'] },
        },
      },
      sample: { project_id: 278964, ref: 'main' },
    },
  },
} satisfies ServiceTemplates;
