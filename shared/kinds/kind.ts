import type { RecordLayout } from '../adapters/table/records/record-layout.ts';
import type { TableService } from '../adapters/table/table-service.ts';
import type { CatalogEntry } from '../catalog/entry.ts';
import type { Command } from '../chat/commands/command.ts';
import type { IsManager, MayManage } from '../chat/commands/may-manage.ts';
import type { DialogEntry } from '../chat/dialogs/dialog-book.ts';
import type { FindPersonZone } from '../chat/person-zone.ts';
import type { RateLimit } from '../domain/delivery/pace.ts';
import type { Vouching } from '../domain/identity/vouching.ts';
import type { Clock } from '../ports/clock.ts';
import type { AddresseeStore } from '../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { Audience } from '../ports/delivery/audience.ts';
import type { ParticularsStore } from '../ports/delivery/particulars-store.ts';
import type { NotificationStore } from '../ports/event/notification-store.ts';
import type { KindHooks } from '../ports/kind.ts';
import type { Log } from '../ports/log.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Announce } from '../use-cases/intake/announce.ts';
import type { PublishOwn } from '../use-cases/intake/publish-own.ts';
import type { StartWork } from '../use-cases/intake/start-work.ts';

/** What operators set for kinds of the product. */
export interface KindSettings {
  /** Topics that web hooks may tell: patterns such as `alerts/*`. */
  readonly hookTopics: readonly string[];
  /** Up to so many bodies of one web hook are told one by one. */
  readonly hookRate: RateLimit;
}

/** What the app gives to a kind. */
export interface World {
  /** Opens records of its own, by their layout; see `recordsOf` for the simple way. */
  readonly records: <Value>(layout: RecordLayout<Value>) => RecordStore<Value>;
  /** For a kind that has tables for itself. */
  readonly tables: TableService;
  readonly conversations: ConversationStore;
  /** By which key somebody goes now who was merged into another since; see `homeOf`. */
  readonly addressees: Pick<AddresseeStore, 'findAddressee'>;
  readonly notifications: NotificationStore;
  /** What is said to one person only, kept until they are told. */
  readonly particulars: ParticularsStore;
  /** Says something in one conversation, now or at a time. */
  readonly announce: Announce;
  /** Has one of its `jobs` done, in a while and surely. */
  readonly startWork: StartWork;
  /** Puts events of its own onto queue `events`. */
  readonly publish: PublishOwn;
  /** Reads the members of groups that are stored as such. */
  readonly audience: Pick<Audience, 'members'>;
  /** Where the app answers, `https://<host>`; absent where the platform does not tell. */
  readonly origin?: string;
  readonly settings: KindSettings;
  /** By which clock somebody reads. */
  readonly personZone: FindPersonZone;
  /** Whether somebody is known to be who may manage a place. */
  readonly isManager: IsManager;
  /** Whether who speaks may change what their conversation is told. */
  readonly mayManage: MayManage;
  /** Whose word is taken for who speaks. */
  readonly vouching: Vouching;
  readonly clock: Clock;
  readonly log: Log;
}

/** A kind at work. */
export interface OpenKind extends KindHooks {
  /** What people can say to it. Asked for when the first message of the process is heard. */
  commands?(): Promise<readonly Command[]>;
}

/**
 * Everything of one kind of notification, or of one command or dialog that stands by itself. This is all that the app knows
 * of it: `app/app.ts` names those of one's own.
 */
export interface Kind {
  /** For people who operate the app: the type of its events, or what people say to it. */
  readonly name: string;
  /** What its events look like, whom they reach, and what a person is shown. */
  readonly notification?: CatalogEntry;
  readonly dialogs?: readonly DialogEntry[];
  /**
   * What the local chat page proposes to say beside its dialogs, in English and in German: `watch …|beobachte …`. One that ends
   * in an ellipsis is finished by hand.
   */
  readonly hints?: readonly string[];
  /** Tables that it has for itself, beside those of the app. */
  readonly tables?: readonly string[];
  /** Called once in each process. */
  readonly open?: (world: World) => OpenKind;
}
