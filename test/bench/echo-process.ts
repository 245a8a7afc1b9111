import { createServer } from 'node:http';

/** The provider of every contender: a small JSON response at once. `/mirror` returns the JSON that it gets. */
createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  if (request.url === '/mirror') {
    request.pipe(response);
    return;
  }
  request.resume();
  request.on('end', () => response.end('{"ok":true}'));
}).listen(Number(process.argv[2]), '127.0.0.1');
