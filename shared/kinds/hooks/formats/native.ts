import type { Format, Mapped, Posted, State, Tone } from '../message.ts';
import { textAt } from '../payload.ts';
import { isOver, stateOfStatus, toneOfState } from '../tone.ts';
import { toneOfSeverity } from './general.ts';
import { factsOf, given, linksOf, markedText, messageOf, plainText, plainTitle } from './shown.ts';

type Paths = readonly string[];

/** A sender whose bodies say at fixed places what matters; paths are tried in turn. */
export interface Native {
  readonly name: string;
  detects(posted: Posted): boolean;
  readonly title: Paths;
  readonly subtitle?: Paths;
  readonly text?: Paths;
  /** The text is Markdown or HTML of the sender's own. */
  readonly isMarked?: boolean;
  readonly status?: Paths;
  /** Where the words of the status are the sender's own. */
  readonly states?: { readonly [status: string]: State };
  readonly severity?: Paths;
  readonly tones?: { readonly [severity: string]: Tone };
  /** What names the thing; begins the key, with the sender's name before it. */
  readonly key?: Paths;
  readonly facts: readonly (readonly [name: string, ...paths: Paths])[];
  readonly links: readonly (readonly [title: string, ...paths: Paths])[];
  readonly sequence?: Paths;
  readonly deliveryId?: Paths;
  /** The header that holds the sender's id of the delivery. */
  readonly deliveryHeader?: string;
}

/** The format of such a sender. */
export function native(sender: Native): Format {
  return {
    name: sender.name,
    answer: 'id',
    detects: sender.detects,
    map: ({ payload, headers }) => mapNative(sender, payload, headers),
  };
}

function mapNative(sender: Native, payload: unknown, headers: Posted['headers']): Mapped {
  const { status: statusPaths = [], states = {}, severity = [], tones = {}, isMarked = false } = sender;
  const status = textAt(payload, ...statusPaths);
  const state = states[(status ?? '').toLowerCase()] ?? stateOfStatus(status);
  const grade = textAt(payload, ...severity);
  const tone = tones[(grade ?? '').toLowerCase()] ?? toneOfSeverity(grade);
  const text = textAt(payload, ...(sender.text ?? []));
  const id = textAt(payload, ...(sender.key ?? []));
  return {
    message: messageOf({
      title: plainTitle(textAt(payload, ...sender.title)),
      subtitle: plainTitle(textAt(payload, ...(sender.subtitle ?? []))),
      text: isMarked ? markedText(text) : plainText(text),
      state,
      tone:
        toneOfState(state) === 'good'
          ? 'good'
          : (tone ?? (severity.length > 0 && grade !== undefined ? undefined : toneOfState(state))),
      facts: factsOf(...sender.facts.map(([name, ...paths]) => [name, textAt(payload, ...paths)] as const)),
      links: linksOf(...sender.links.map(([title, ...paths]) => [title, textAt(payload, ...paths)] as const)),
    }),
    ...given('key', id === undefined ? undefined : `${sender.name} ${id}`.slice(0, 1000)),
    ...given('sequence', textAt(payload, ...(sender.sequence ?? []))),
    ...given(
      'deliveryId',
      headers[sender.deliveryHeader ?? ''] ?? textAt(payload, ...(sender.deliveryId ?? [])),
    ),
    ...(isOver(state) ? { isLast: true } : {}),
  };
}
