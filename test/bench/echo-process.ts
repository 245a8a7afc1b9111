import { createServer } from 'node:http';

/** The provider of every contender: a small JSON response at once. */
createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
