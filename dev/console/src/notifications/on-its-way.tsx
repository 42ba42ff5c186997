import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../shell/announce.tsx';
import * as api from '../wire/api.ts';
import { problemOf } from '../wire/problem.ts';
import { useWords } from '../words/words.ts';

const DAY_MS = 86_400_000;

/** Whether what was not found was sent from here a while ago, in milliseconds, and may still be brought by the queue. */
export function isOnItsWay(error: unknown, ago: number): boolean {
  return problemOf(error).status === 404 && ago < DAY_MS;
}

/** How often it is asked about: mostly the queue has brought it within a second. */
export function arrivalSeconds(ago: number): number {
  if (ago < 10_000) return 0.5;
  return ago < 60_000 ? 2 : 10;
}

/** What was just sent, until the queue has brought it: it can be stopped already. */
export function OnItsWay({ id }: { readonly id: string }) {
  const { notifications: words } = useWords();
  const [isAsking, setAsking] = useState(false);
  const [isStopped, setStopped] = useState(false);
  async function stop() {
    await api.cancel(id, { recall: false });
    setStopped(true);
    tell(words.stopped);
  }
  return (
    <>
      <Heading title={words.sent}>
        {!isStopped && (
          <button type="button" class="button is-danger" onClick={() => setAsking(true)}>
            <Icon name="stop" /> {words.stop}
          </button>
        )}
      </Heading>
      <p role="status">{isStopped ? words.stoppedEarly : words.onItsWay}</p>
      {isAsking && (
        <Confirm
          isDangerous
          title={words.stopTitle}
          action={words.stopNow}
          onClose={() => setAsking(false)}
          onConfirm={stop}
        >
          <p>{words.stopEarly}</p>
        </Confirm>
      )}
    </>
  );
}
