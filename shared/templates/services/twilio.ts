import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'twilio',
  title: 'Twilio',
  category: 'communication',
  baseUrl: 'https://api.twilio.com/2010-04-01/Accounts/{accountSid}',
  auth: {
    type: 'basic',
    username: '{accountSid}',
  },
  credential:
    'Copy the account SID and the auth token from the Twilio console; the auth token is the password.',
  parameters: {
    accountSid: {
      title: 'Account SID',
      description: 'From the start page of the Twilio console',
      example: 'AC00000000000000000000000000000000',
      pattern: 'AC[0-9a-f]{32}',
    },
  },
  tools: {
    twilio_send_message: {
      title: 'Send a text message',
      description: 'Sends an SMS, or a WhatsApp message.',
      scopes: [],
      reference: 'https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource',
      method: 'POST',
      path: '/Messages.json',
      bodyType: 'form',
      inputs: {
        To: { type: 'string', description: 'Phone number in E.164, or whatsapp: and the number' },
        From: { type: 'string', description: 'Your Twilio number' },
        Body: { type: 'string', description: 'The text' },
      },
      required: ['To', 'From', 'Body'],
      output: {
        type: 'object',
        properties: {
          sid: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          to: { type: ['string', 'null'] },
          from: { type: ['string', 'null'] },
          body: { type: ['string', 'null'] },
        },
      },
      sample: { To: '+4915112345678', From: '+15005550006', Body: 'Your refund is on its way.' },
    },
    twilio_get_message: {
      title: 'Get a message',
      description: 'Reads a message, with its delivery state.',
      scopes: [],
      reference: 'https://www.twilio.com/docs/messaging/api/message-resource#fetch-a-message-resource',
      method: 'GET',
      path: '/Messages/{sid}.json',
      inputs: {
        sid: { type: 'string', description: 'SID of the message' },
      },
      required: ['sid'],
      output: {
        type: 'object',
        properties: {
          sid: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          to: { type: ['string', 'null'] },
          from: { type: ['string', 'null'] },
          body: { type: ['string', 'null'] },
          error_code: { type: ['integer', 'null'] },
        },
      },
      sample: { sid: 'SM00000000000000000000000000000000' },
    },
    twilio_list_messages: {
      title: 'List messages',
      description: 'Lists messages, newest first.',
      scopes: [],
      reference: 'https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources',
      method: 'GET',
      path: '/Messages.json',
      inputs: {
        To: { type: 'string', description: 'Receiver' },
        From: { type: 'string', description: 'Sender' },
        DateSent: { type: 'string', description: 'Day on which they were sent' },
        PageSize: { type: 'integer', description: 'Results on a page' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          messages: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          next_page_uri: { type: ['string', 'null'] },
        },
      },
      sample: { To: '+4915112345678', PageSize: 20 },
    },
    twilio_make_call: {
      title: 'Make a phone call',
      description: 'Calls a number, and does what the TwiML says.',
      scopes: [],
      reference: 'https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource',
      method: 'POST',
      path: '/Calls.json',
      bodyType: 'form',
      inputs: {
        To: { type: 'string', description: 'Phone number in E.164' },
        From: { type: 'string', description: 'Your Twilio number' },
        Twiml: { type: 'string', description: 'What happens in the call' },
      },
      required: ['To', 'From', 'Twiml'],
      output: {
        type: 'object',
        properties: {
          sid: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          to: { type: ['string', 'null'] },
          from: { type: ['string', 'null'] },
        },
      },
      sample: {
        To: '+4915112345678',
        From: '+15005550006',
        Twiml: '<Response><Say>Please look at case 4711.</Say></Response>',
      },
    },
  },
} satisfies ServiceTemplates;
