// Plain JavaScript: it is also loaded into processes of others, before their own code.

/*
 * What a browser sends for a page cannot be forged by the page: `Origin` with everything but plain GETs, `Sec-Fetch-Site`,
 * and in `Host` the name that led to this machine. A page of another site that has its own name lead here (DNS rebinding)
 * is of one origin with it, and gives itself away by that name. Programs send no `Origin`, and come in.
 */

const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i;
const HTTP_PORT = 80;
const LONGEST_SHOWN = 100;

export function refusalOf(request, { isForAllPagesHere = () => false } = {}) {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  const port = request.socket.localPort;
  if (host === undefined || portOf(host) !== port) {
    return `The request is for the host ${shown(host)}; this server is localhost:${port} alone.`;
  }
  if (origin !== undefined) {
    const from = origin.startsWith('http://') ? portOf(origin.slice('http://'.length)) : undefined;
    const [path] = (request.url ?? '/').split('?', 1);
    if (from === port || (from !== undefined && isForAllPagesHere(path))) return undefined;
    return `The request comes from a page of ${shown(origin)}; only pages of localhost:${port} itself may ask.`;
  }
  if (site === undefined || site === 'same-origin' || site === 'none' || isOpening(request)) return undefined;
  return `The request comes from a page of another origin (Sec-Fetch-Site: ${shown(site)}); only pages of localhost:${port} itself may ask.`;
}

export function gate(server, options) {
  const { emit } = server;
  server.emit = function (event, request, ...rest) {
    if (event === 'request' || event === 'upgrade' || event === 'checkContinue') {
      const reason = refusalOf(request, options);
      if (reason !== undefined) {
        if (event === 'upgrade') refuseUpgrade(rest[0], reason);
        else refuse(request, rest[0], reason);
        return true;
      }
    }
    return emit.call(this, event, request, ...rest);
  };
  return server;
}

/** The port of a loopback name; `undefined` for any other. */
function portOf(host) {
  const match = HERE.exec(host);
  return match === null ? undefined : Number(match[1] ?? HTTP_PORT);
}

/** Somebody follows a link to here: the page that has the link sees nothing of the answer. */
function isOpening({ method, headers }) {
  return (
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  );
}

function refuse(request, response, reason) {
  request.resume();
  response.writeHead(403, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(bodyOf(reason));
}

function refuseUpgrade(socket, reason) {
  socket.on('error', () => socket.destroy());
  const body = bodyOf(reason);
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function bodyOf(reason) {
  return `${JSON.stringify({ error: { code: 'ForbiddenOrigin', message: reason } })}\n`;
}

function shown(value) {
  return value === undefined ? '(none)' : JSON.stringify(value.slice(0, LONGEST_SHOWN));
}
