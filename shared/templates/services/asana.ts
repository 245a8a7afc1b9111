import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'asana',
  title: 'Asana',
  category: 'projects',
  baseUrl: 'https://app.asana.com/api/1.0',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a personal access token in Asana’s developer console.',
  tools: {
    asana_create_task: {
      title: 'Create a task',
      description: 'Creates a task in a project.',
      scopes: ['tasks:write'],
      reference: 'https://developers.asana.com/reference/createtask',
      method: 'POST',
      path: '/tasks',
      body: {
        data: {
          name: '{name}',
          projects: '{projects}',
          notes: '{notes}',
          assignee: '{assignee}',
          due_on: '{due_on}',
        },
      },
      inputs: {
        name: { type: 'string', description: 'Name of the task' },
        projects: {
          type: 'array',
          items: { type: 'string' },
          description: 'IDs of projects',
        },
        notes: { type: 'string', description: 'Text' },
        assignee: { type: 'string', description: 'ID or email address of who does it' },
        due_on: { type: 'string', description: 'Day it is due, such as 2026-05-01' },
      },
      required: ['name', 'projects'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: {
        name: 'Check order 4711',
        projects: ['1201234567890'],
        notes: 'Twice charged.',
        due_on: '2026-05-01',
      },
    },
    asana_update_task: {
      title: 'Change or complete a task',
      description: 'Changes a task.',
      scopes: ['tasks:write'],
      reference: 'https://developers.asana.com/reference/updatetask',
      method: 'PUT',
      path: '/tasks/{task_gid}',
      body: {
        data: { name: '{name}', notes: '{notes}', completed: '{completed}', due_on: '{due_on}' },
      },
      inputs: {
        task_gid: { type: 'string', description: 'ID of the task' },
        name: { type: 'string', description: 'New name' },
        notes: { type: 'string', description: 'New text' },
        completed: { type: 'boolean', description: 'Whether it is done' },
        due_on: { type: 'string', description: 'Day it is due' },
      },
      required: ['task_gid'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { task_gid: '1201234567891', completed: true },
    },
    asana_get_task: {
      title: 'Get a task',
      description: 'Reads one task.',
      scopes: ['tasks:read'],
      reference: 'https://developers.asana.com/reference/gettask',
      method: 'GET',
      path: '/tasks/{task_gid}',
      inputs: {
        task_gid: { type: 'string', description: 'ID of the task' },
      },
      required: ['task_gid'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { task_gid: '1201234567891' },
    },
    asana_comment_on_task: {
      title: 'Comment on a task',
      description: 'Adds a comment to a task.',
      scopes: ['stories:write'],
      reference: 'https://developers.asana.com/reference/createstoryfortask',
      method: 'POST',
      path: '/tasks/{task_gid}/stories',
      body: {
        data: { text: '{text}' },
      },
      inputs: {
        task_gid: { type: 'string', description: 'ID of the task' },
        text: { type: 'string', description: 'The comment' },
      },
      required: ['task_gid', 'text'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { task_gid: '1201234567891', text: 'Refunded by hand.' },
    },
    asana_search_tasks: {
      title: 'Search tasks',
      description: 'Finds tasks of a workspace.',
      scopes: ['tasks:read'],
      reference: 'https://developers.asana.com/reference/searchtasksforworkspace',
      method: 'GET',
      path: '/workspaces/{workspace_gid}/tasks/search',
      inputs: {
        workspace_gid: { type: 'string', description: 'ID of the workspace' },
        text: { type: 'string', description: 'Words in name or text' },
        completed: { type: 'boolean', description: 'Whether they are done' },
      },
      required: ['workspace_gid'],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { workspace_gid: '1200000000001', text: 'refund', completed: false },
    },
  },
} satisfies ServiceTemplates;
