export interface Message {
  id?: string;
  data?: string;
  event?: string;
}

/** The server sends at least a ping every 15 s. */
const silenceMs = 45_000;

/** The messages of a text/event-stream, also those with an id only. Throws when the stream is silent for too long. */
export async function* readMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await orSilence(reader.read());
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const parts = text.split(/\r?\n\r?\n/);
      text = parts.pop() ?? '';
      for (const part of parts) yield parseMessage(part);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parseMessage(text: string): Message {
  const message: Message = {};
  for (const line of text.split(/\r?\n/)) {
    const [, field, value] = /^(id|data|event): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') message.id = value;
    if (field === 'event') message.event = value;
    if (field === 'data') message.data = message.data === undefined ? value : `${message.data}\n${value}`;
  }
  return message;
}

async function orSilence<T>(read: Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new Error('The stream is silent')), silenceMs);
  try {
    return await Promise.race([read, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}
