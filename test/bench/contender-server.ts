import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** One call, recorded before and after. @returns the id of its record */
export type Shape = (input: unknown) => Promise<string>;

/** Serves shapes as the product serves its tools: `POST /<shape>` with JSON responds when the promise is kept. */
export async function serveShapes(port: number, shapes: Readonly<Record<string, Shape>>): Promise<void> {
  const server = createServer(async (request, response) => {
    const respond = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      const shape = shapes[request.url?.slice(1) ?? ''];
      if (request.method === 'GET') respond(200, {});
      else if (shape) respond(200, { workflowId: await shape(JSON.parse(await text(request))) });
      else respond(404, { error: 'Unknown shape.' });
    } catch (error) {
      respond(500, { error: String(error) });
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
