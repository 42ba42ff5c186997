import type { Socket } from 'node:net';
import rhea, {
  type Connection,
  type Container,
  type Delivery,
  type Receiver,
  type Sender,
  type Session,
} from 'rhea';

/**
 * The parts of rhea that a broker needs and that its type declarations leave out. Everything that touches them goes
 * through this file; the version of rhea is pinned by the lock file, and the tests with the real client cover each.
 */

interface EncodedFrame {
  readonly performative: { message_format?: number };
}

export interface SessionInternals {
  readonly incoming: {
    on_transfer: (frame: EncodedFrame, receiver: Receiver) => void;
    /** Answers to the sender that are not written yet. */
    readonly updated: readonly { readonly state?: unknown }[];
  };
  readonly outgoing: {
    available(): number;
    readonly next_delivery_id: number;
    readonly next_pending_delivery: number;
    /** Answers to the receiver that are not written yet. */
    readonly pending_dispositions: readonly { readonly state?: unknown }[];
  };
}

interface LinkInternals {
  credit: number;
  delivery_count: number;
  issue_flow: boolean;
  readonly local: { readonly attach: { snd_settle_mode?: number; rcv_settle_mode?: number } };
}

export interface SenderInternals extends LinkInternals {
  _draining: boolean;
  readonly _drained: boolean;
  _get_drain: () => boolean;
}

export interface ConnectionInternals {
  accept(socket: Socket): void;
  /** Writes what is due now. rhea does it by itself at the end of the current turn. */
  _process(): void;
  _register(): void;
  /** Without arguments: an empty frame, as for a heartbeat. */
  _write_frame(): void;
  /** Tells the connection that its socket is gone, which rhea overlooks when the socket was destroyed. */
  _disconnected(): void;
}

export interface ContainerInternals {
  /** By name; what a mechanism makes is asked for its `outcome` when it has been started. */
  readonly sasl_server_mechanisms: {
    enable_anonymous(): void;
    enable_plain(isAdmitted: (name: string, password: string) => boolean): void;
    MSSBCBS?: () => { readonly outcome: boolean; start(): void };
  };
}

/** A described outcome, as a disposition carries it. */
export type EncodedOutcome = { readonly descriptor: { readonly value: unknown } };

interface OutcomeFactory {
  accepted(): { described(): EncodedOutcome };
  released(): { described(): EncodedOutcome };
  rejected(fields: { error: { condition: string; description: string } }): { described(): EncodedOutcome };
  modified(fields: { undeliverable_here: boolean }): { described(): EncodedOutcome };
}

interface ValueWriter {
  write(value: unknown): void;
  toBuffer(): Buffer;
}

// Each cast below names members that rhea 3.0.5 has and its declarations lack.
export const outcomeFactory = rhea.message as unknown as OutcomeFactory;
const { Writer } = rhea.types as unknown as { Writer: new () => ValueWriter };

export function containerInternals(container: Container): ContainerInternals {
  return container as unknown as ContainerInternals;
}

export function sessionInternals(session: Session): SessionInternals {
  return session as unknown as SessionInternals;
}

export function senderInternals(sender: Sender): SenderInternals {
  return sender as unknown as SenderInternals;
}

export function linkInternals(link: Sender | Receiver): LinkInternals {
  return link as unknown as LinkInternals;
}

export function connectionInternals(connection: Connection): ConnectionInternals {
  return connection as unknown as ConnectionInternals;
}

/** Frees the slot of a delivery whose outcome has been answered; rhea would wait for one more settlement. */
export function markRemoteSettled(delivery: Delivery): void {
  (delivery as unknown as { remote_settled: boolean }).remote_settled = true;
}

/** A value with its AMQP type, as it was read: of a map, keys and values one after the other. */
interface Typed {
  readonly value: unknown;
}

function isTyped(value: unknown): value is Typed {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** A field of a list, a described one or an outcome, by its place; `undefined` where there is none. */
export function fieldAt(list: unknown, place: number): unknown {
  return isTyped(list) && Array.isArray(list.value) ? list.value[place] : undefined;
}

/** The entries of a map as it was read, each value encoded with the type that it came with. Nulls are left out. */
export function encodedEntries(map: unknown): [name: string, encoded: Buffer][] {
  const items: unknown[] = isTyped(map) && Array.isArray(map.value) ? map.value : [];
  const entries: [string, Buffer][] = [];
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = items.slice(at, at + 2);
    if (!isTyped(key) || !isTyped(value) || value.value === null) continue;
    const writer = new Writer();
    writer.write(value);
    entries.push([String(key.value), writer.toBuffer()]);
  }
  return entries;
}

/** The message that these bytes are. Throws where they are none. */
export function decodeMessage(bytes: Buffer): unknown {
  return rhea.message.decode(bytes);
}

/** The AMQP encoding of a plain value, with the types that rhea's own clients choose. */
export function encodeValue(value: unknown): Buffer {
  const writer = new Writer();
  writer.write(rhea.types.wrap(value));
  return writer.toBuffer();
}
