import { notificationId } from '../../../shared/domain/ids.ts';
import { type Asked, TEXT_PREFIX } from '../judgement/evidence.ts';
import type { EventJson } from '../rig/publisher.ts';

const SOURCE = '/chaos';

/** The event that asks for a notification, and what may be expected of it. `name` is unique in a run. */
export function notice(
  name: string,
  asked: Pick<Asked, 'onUnconfirmed' | 'must' | 'may'> & {
    readonly to: readonly unknown[];
    readonly mode?: string;
    readonly urgent?: boolean;
    /** It tells a state of something that changes. */
    readonly state?: { readonly key: string; readonly sequence: number };
  },
): { readonly event: EventJson; readonly asked: Asked } {
  const { to, mode = 'adHoc', urgent = false, state, ...expected } = asked;
  const text = `${TEXT_PREFIX}${name}`;
  return {
    event: {
      specversion: '1.0',
      id: name,
      source: SOURCE,
      type: 'notification.requested',
      ...(state === undefined ? {} : { sequence: String(state.sequence) }),
      data: {
        to,
        text,
        delivery: {
          mode,
          urgent,
          onUnconfirmed: asked.onUnconfirmed,
          ...(state === undefined ? {} : { key: state.key }),
        },
      },
    },
    asked: { ...expected, id: notificationId(SOURCE, name), text },
  };
}
