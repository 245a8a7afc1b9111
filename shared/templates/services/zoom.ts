import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'zoom',
  title: 'Zoom',
  category: 'calendar',
  baseUrl: 'https://api.zoom.us/v2',
  auth: {
    type: 'oauth2_authorization_code',
    authorizationUrl: 'https://zoom.us/oauth/authorize',
    tokenUrl: 'https://zoom.us/oauth/token',
  },
  credential: 'Create an OAuth app in the Zoom App Marketplace with the scopes, then sign in.',
  tools: {
    zoom_create_meeting: {
      title: 'Create a meeting',
      description: 'Schedules a meeting.',
      scopes: ['meeting:write:meeting'],
      reference: 'https://developers.zoom.us/docs/api/meetings/',
      method: 'POST',
      path: '/users/{userId}/meetings',
      inputs: {
        userId: { type: 'string', description: 'ID or email address of the host, or me' },
        topic: { type: 'string', description: 'Topic' },
        start_time: { type: 'string', description: 'Start in ISO 8601' },
        duration: { type: 'integer', description: 'Minutes' },
        agenda: { type: 'string', description: 'Text' },
      },
      required: ['userId', 'topic', 'start_time'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          join_url: { type: ['string', 'null'] },
        },
      },
      sample: { userId: 'me', topic: 'Case 4711', start_time: '2026-05-01T10:00:00Z', duration: 30 },
    },
    zoom_get_meeting: {
      title: 'Get a meeting',
      description: 'Reads a meeting.',
      scopes: ['meeting:read:meeting'],
      reference: 'https://developers.zoom.us/docs/api/meetings/',
      method: 'GET',
      path: '/meetings/{meetingId}',
      inputs: {
        meetingId: { type: 'integer', description: 'ID of the meeting' },
      },
      required: ['meetingId'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          join_url: { type: ['string', 'null'] },
          agenda: { type: ['string', 'null'] },
        },
      },
      sample: { meetingId: 85746065 },
    },
    zoom_delete_meeting: {
      title: 'Cancel a meeting',
      description: 'Cancels a meeting.',
      scopes: ['meeting:delete:meeting'],
      reference: 'https://developers.zoom.us/docs/api/meetings/',
      method: 'DELETE',
      path: '/meetings/{meetingId}',
      inputs: {
        meetingId: { type: 'integer', description: 'ID of the meeting' },
        schedule_for_reminder: { type: 'boolean', description: 'Whether the host gets an email' },
      },
      required: ['meetingId'],
      output: {},
      sample: { meetingId: 85746065 },
    },
  },
} satisfies ServiceTemplates;
