import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'digitalocean',
  title: 'DigitalOcean',
  category: 'cloud',
  baseUrl: 'https://api.digitalocean.com/v2',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a personal access token in the control panel under API.',
  tools: {
    digitalocean_list_droplets: {
      title: 'List Droplets',
      description: 'Lists virtual machines.',
      scopes: ['droplet:read'],
      reference: 'https://docs.digitalocean.com/reference/api/',
      method: 'GET',
      path: '/droplets',
      inputs: {
        tag_name: { type: 'string', description: 'Only those with this tag' },
        per_page: { type: 'integer', description: 'Results on a page' },
        page: { type: 'integer', description: 'Number of the page' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          droplets: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          meta: { type: ['object', 'null'] },
        },
      },
      sample: { per_page: 20 },
    },
    digitalocean_droplet_action: {
      title: 'Start or stop a Droplet',
      description: 'Does something with a virtual machine.',
      scopes: ['droplet:update'],
      reference: 'https://docs.digitalocean.com/reference/api/',
      method: 'POST',
      path: '/droplets/{droplet_id}/actions',
      inputs: {
        droplet_id: { type: 'integer', description: 'ID of the Droplet' },
        type: {
          type: 'string',
          enum: ['reboot', 'power_cycle', 'shutdown', 'power_off', 'power_on'],
          description: 'What is done',
        },
      },
      required: ['droplet_id', 'type'],
      output: {
        type: 'object',
        properties: {
          action: { type: ['object', 'null'] },
        },
      },
      sample: { droplet_id: 3164444, type: 'reboot' },
    },
    digitalocean_create_record: {
      title: 'Create a DNS record',
      description: 'Adds a record to a domain.',
      scopes: ['domain:create'],
      reference: 'https://docs.digitalocean.com/reference/api/',
      method: 'POST',
      path: '/domains/{domain_name}/records',
      inputs: {
        domain_name: { type: 'string', description: 'Name of the domain' },
        type: { type: 'string', description: 'Type, such as A or CNAME' },
        name: { type: 'string', description: 'Host name' },
        data: { type: 'string', description: 'Value' },
        ttl: { type: 'integer', description: 'Seconds for which it is kept' },
      },
      required: ['domain_name', 'type', 'name', 'data'],
      output: {
        type: 'object',
        properties: {
          domain_record: { type: ['object', 'null'] },
        },
      },
      sample: { domain_name: 'example.com', type: 'A', name: 'www', data: '192.0.2.10', ttl: 1800 },
    },
    digitalocean_get_account: {
      title: 'Get the account',
      description: 'Reads the account of the token.',
      scopes: ['account:read'],
      reference: 'https://docs.digitalocean.com/reference/api/',
      method: 'GET',
      path: '/account',
      inputs: {},
      required: [],
      output: {
        type: 'object',
        properties: {
          account: { type: ['object', 'null'] },
        },
      },
      sample: {},
    },
  },
} satisfies ServiceTemplates;
