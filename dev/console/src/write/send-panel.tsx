import { useState } from 'preact/hooks';
import { Confirm, Dialog } from '../parts/dialog.tsx';
import { Section } from '../parts/facts.tsx';
import { useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/situations.tsx';
import { tell } from '../shell/announce.tsx';
import { go, hrefOf } from '../shell/route.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import { type Problem, problemOf } from '../wire/problem.ts';
import type { DryRun } from '../wire/shapes.ts';
import { useWords, type Words } from '../words/words.ts';
import { forgetAsked, keyFor, wasAnswered } from './asked-once.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { forgetLocally } from './local-draft.ts';
import { forgetMaking } from './make-draft.ts';
import { type Form, isNoTime, parsedCard, timingOf, toMessage } from './message.ts';
import { PersonAdder } from './person-adder.tsx';

interface State {
  readonly isBusy: boolean;
  readonly problem?: Problem;
  /** What would happen, and to which message. */
  readonly run?: DryRun;
  readonly of?: string;
}

/** Try it, try it on oneself, send it. */
export function SendPanel({
  form,
  draftId,
  etag,
}: {
  readonly form: Form;
  readonly draftId: string;
  readonly etag: string | undefined;
}) {
  const all = useWords();
  const { shell, write: words } = all;
  const message = toMessage(form);
  const written = JSON.stringify(message);
  const [state, setState] = useState<State>({ isBusy: false });
  const [isAsking, setAsking] = useState(false);
  const { me } = useWho();
  const [isChoosing, setChoosing] = useState(false);
  const hasContent = message.data.text !== undefined || message.data.card !== undefined;
  const isJson = form.style !== 'json' || parsedCard(form.json).card !== undefined;
  const lacking = lackingIn(form, { hasContent, isJson }, all);
  const maySend = lacking === undefined && !state.isBusy;

  async function tryIt(then?: () => void) {
    setState({ isBusy: true });
    try {
      setState({ isBusy: false, run: await api.dryRun(message), of: written });
      then?.();
    } catch (error) {
      setState({ isBusy: false, problem: problemOf(error) });
    }
  }
  async function test(to?: string) {
    setState({ isBusy: true });
    try {
      const wish = `test ${to} ${written}`;
      await api.test(message, await keyFor(draftId, wish), to);
      await wasAnswered(draftId, wish);
      tell(words.tested);
      setState({ isBusy: false });
    } catch (error) {
      setState({ isBusy: false, problem: problemOf(error) });
    }
  }
  async function send() {
    const { id } = await api.sendMessage(message, await keyFor(draftId, written));
    // What was sent can be copied from the notification: the draft has done its work.
    forgetLocally(draftId);
    forgetAsked(draftId);
    forgetMaking(draftId);
    if (etag !== undefined) await api.dropDraft(draftId, etag).catch(leftBehind);
    go(hrefOf('notifications', id, { sent: String(Date.now()) }));
  }
  const run = state.of === written ? state.run : undefined;
  const hasFaults = (run?.faults ?? []).length > 0;
  return (
    <Section title={run === undefined ? words.sendPanel : words.dryRunTitle}>
      {run !== undefined && <DryRunResult run={run} />}
      {state.problem !== undefined && <Failed problem={state.problem} />}
      <div class="heading-actions">
        <button type="button" class="button" disabled={!maySend} onClick={() => tryIt()}>
          <Icon name="question" /> {words.dryRun}
        </button>
        <button
          type="button"
          class="button"
          disabled={!hasContent || !isJson || state.isBusy}
          onClick={() => (me.objectId === undefined ? setChoosing(true) : test())}
        >
          <Icon name="people" /> {words.test}
        </button>
        <button
          type="button"
          class="button is-primary"
          disabled={!maySend || hasFaults}
          onClick={() => tryIt(() => setAsking(true))}
        >
          <Icon name="out" /> {words.send}
        </button>
      </div>
      {lacking !== undefined && <p class="hint">{lacking}</p>}
      {isChoosing && (
        <Dialog title={words.testTo} onClose={() => setChoosing(false)}>
          <PersonAdder
            onAdd={({ conversation }) => {
              setChoosing(false);
              test(conversation);
            }}
          />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setChoosing(false)}>
              {shell.close}
            </button>
          </div>
        </Dialog>
      )}
      {isAsking && run !== undefined && !hasFaults && (
        <SendDialog form={form} run={run} onClose={() => setAsking(false)} onConfirm={send} />
      )}
    </Section>
  );
}

/** Why it cannot be sent yet, in words that say what to do. */
function lackingIn(
  form: Form,
  { hasContent, isJson }: { readonly hasContent: boolean; readonly isJson: boolean },
  { write: words, delivery }: Words,
): string | undefined {
  if (!isJson) return words.lacksJson;
  if (!hasContent) return words.lacksContent;
  if (form.to.length === 0) return words.lacksAudience;
  const timing = timingOf(form, Date.now());
  return timing !== undefined && isNoTime(timing) ? delivery.timing[timing] : undefined;
}

function leftBehind(): void {
  // The message is sent; a draft that stays in the list harms nobody.
}

function SendDialog({
  form,
  run,
  onClose,
  onConfirm,
}: {
  readonly form: Form;
  readonly run: DryRun;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}) {
  const words = useWords();
  const format = useFormat();
  const { write, delivery, shell } = words;
  const { people, seconds } = run;
  const timing = timingOf(form, Date.now());
  const at = format.exactTime(form.at);
  const when =
    form.schedule === 'local' ? words.states.localTime(at) : form.schedule === 'at' ? at : undefined;
  return (
    <Confirm
      title={people === undefined ? write.sendUnknown : write.sendTitle(shell.people(format.number(people)))}
      action={write.sendNow}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {timing !== undefined && <p>{delivery.timing[timing]}</p>}
      <p>
        {when === undefined || timing === 'over'
          ? write.sendText(format.duration(Math.max(1, seconds ?? 0)))
          : write.sendLater(when)}
      </p>
      {form.urgent && <p>{delivery.urgent}</p>}
    </Confirm>
  );
}
