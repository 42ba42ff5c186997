import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Target } from '../http/path.ts';
import { acceptWebSocket, refuseUpgrade, type TextSocket } from '../http/websocket.ts';
import { type DirectLine, toVersion } from './directline.ts';
import { activitiesSince, changeForClient } from './view.ts';

/**
 * Direct Line's WebSocket: first what changed since the watermark, in one activity set, then each change as it
 * happens. Clients send empty texts to keep it open; nothing they send is read.
 */
export function openStream(
  directLine: DirectLine,
  { req, socket, head, target }: { req: IncomingMessage; socket: Duplex; head: Buffer; target: Target },
): TextSocket | undefined {
  const view = directLine.viewOfStream(target.segments[3], target.query.get('t'));
  if (!view) {
    refuseUpgrade(socket, 403, 'Forbidden');
    return undefined;
  }
  const stream = acceptWebSocket(req, socket, head);
  if (!stream) return undefined;
  const version = toVersion(target.query.get('watermark')) ?? view.transcript.version;
  const missed = activitiesSince(view, version);
  if (missed.activities.length > 0) stream.send(JSON.stringify(missed));
  stream.onClose = view.transcript.watch((change) => {
    const seen = changeForClient(view, change);
    if (seen !== undefined) stream.send(JSON.stringify(seen));
  });
  return stream;
}
