import type { Clock } from '../clock.ts';
import type { Images, QueueImage } from '../journal/images.ts';
import type { JournalSource } from '../journal/journal.ts';
import type { Box, JournalRecord } from '../journal/records.ts';
import { DuplicateHistory } from './duplicate-history.ts';
import type { QueueCounts } from './message-box.ts';
import { Queue } from './queue.ts';
import type { QueueJournal } from './queue-parts.ts';
import type { QueueSettings } from './settings.ts';

/** A queue and its dead letters. They share the sequence numbers: a dead letter keeps the one it had. */
export class Entity {
  readonly name: string;
  readonly main: Queue;
  readonly dead: Queue;
  readonly #clock: Clock;
  readonly #history: DuplicateHistory;
  #usedSequence: number;

  constructor(settings: QueueSettings, parts: NamespaceParts, image: QueueImage | undefined) {
    const { clock, journal } = parts;
    this.name = settings.name;
    this.#clock = clock;
    this.#history = new DuplicateHistory(settings.duplicateWindowMs);
    for (const [id, seen] of image?.seen ?? []) this.#history.remember(id, seen);
    this.#usedSequence = image?.usedSequence ?? 0;
    const shared = {
      settings,
      clock,
      journal,
      history: this.#history,
      nextSequence: () => this.#nextSequence(),
    };
    this.dead = new Queue({ ...shared, box: 'dead', image: image?.boxes.dead, deadLetters: undefined });
    this.main = new Queue({ ...shared, box: 'main', image: image?.boxes.main, deadLetters: this.dead });
  }

  queue(box: Box): Queue {
    return box === 'main' ? this.main : this.dead;
  }

  get counts(): EntityCounts {
    return { ...this.main.counts, deadLetter: this.dead.counts.active + this.dead.counts.deferred };
  }

  get bytes(): number {
    return this.main.bytes + this.dead.bytes;
  }

  *snapshot(): Iterable<JournalRecord> {
    const queue = this.name;
    yield { kind: 'used', queue, sequence: this.#usedSequence };
    yield* this.main.snapshot();
    yield* this.dead.snapshot();
    for (const [id, seen] of this.#history.entries(this.#clock.now()))
      yield { kind: 'seen', queue, id, ...seen };
  }

  #nextSequence(): number {
    this.#usedSequence += 1;
    return this.#usedSequence;
  }
}

/** Messages of a queue by state; `active` includes the locked ones, `locked` the deferred ones that are locked. */
export interface EntityCounts extends QueueCounts {
  readonly deadLetter: number;
}

export interface NamespaceParts {
  readonly clock: Clock;
  readonly journal: QueueJournal;
  /** What the journal had. */
  readonly images: Images;
}

/** A message costs the journal about so many bytes beside its own. */
const recordOverhead = 200;

/** All queues of the broker. Names are not case-sensitive. */
export class Namespace implements JournalSource {
  readonly #entities = new Map<string, Entity>();
  /** Queues that the journal has and the configuration has not: kept as they are, in case they come back. */
  readonly #undeclared: [string, QueueImage][];

  constructor(queues: readonly QueueSettings[], parts: NamespaceParts) {
    const images = new Map<string, [string, QueueImage]>();
    for (const [name, image] of parts.images.queues) images.set(name.toLowerCase(), [name, image]);
    for (const settings of queues) {
      const key = settings.name.toLowerCase();
      this.#entities.set(key, new Entity(settings, parts, images.get(key)?.[1]));
      images.delete(key);
    }
    this.#undeclared = [...images.values()];
  }

  get entities(): Iterable<Entity> {
    return this.#entities.values();
  }

  entity(name: string): Entity | undefined {
    return this.#entities.get(name.toLowerCase());
  }

  *snapshot(): Iterable<JournalRecord> {
    for (const entity of this.entities) yield* entity.snapshot();
    for (const [name, image] of this.#undeclared) yield* recordsOf(name, image);
  }

  liveBytes(): number {
    let bytes = 0;
    for (const { counts, bytes: own } of this.entities) {
      const messages = counts.active + counts.scheduled + counts.deferred + counts.deadLetter;
      bytes += own + messages * recordOverhead;
    }
    return bytes;
  }

  /** Does what fell due while the broker was not running, and from then on what falls due. */
  start(): void {
    for (const { main, dead } of this.entities) {
      main.sweep();
      dead.sweep();
    }
  }

  /** Stops all timers. */
  close(): void {
    for (const { main, dead } of this.entities) {
      main.close();
      dead.close();
    }
  }
}

function* recordsOf(queue: string, image: QueueImage): Iterable<JournalRecord> {
  yield { kind: 'used', queue, sequence: image.usedSequence };
  for (const box of ['main', 'dead'] as const) {
    for (const stored of image.boxes[box].values()) {
      yield { kind: 'put', queue, box, stored };
      if (stored.lock) yield { kind: 'lock', queue, box, lock: stored.lock };
    }
  }
  for (const [id, seen] of image.seen) yield { kind: 'seen', queue, id, ...seen };
}
