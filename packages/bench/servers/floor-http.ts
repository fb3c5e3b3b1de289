/** The floor: what `node:http` answers when it does nothing. */
import { serve } from './serve.ts';

await serve(() => (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"ok":true}');
});
