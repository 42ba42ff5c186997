import type { Asked } from '../../dev/chaos/judgement/evidence.ts';
import { notice } from '../../dev/chaos/people/notice.ts';
import { meet, type Person } from '../../dev/chaos/people/people.ts';
import { request } from '../../dev/chaos/rig/http.ts';
import type { Entrance } from '../../dev/chaos/rig/publisher.ts';
import type { Rig } from '../../dev/chaos/rig/rig.ts';
import { type Somebody, Voice } from '../../dev/recorded/somebody.ts';
import { conversationKey } from '../../shared/domain/ids.ts';

/** People of whom only is counted what they are shown; they subscribe to `news`. */
const CROWD = { prefix: 'aside', count: 12, tenantId: 'tenant-aside' } as const;
const ENTRANCES: readonly Entrance[] = ['structured', 'binary', 'http'];

/** Somebody with a conversation in which every message can be looked at; heard by either of two processes. */
export interface Guest {
  readonly person: Person;
  /** Speaks to the one process and to the other, in turns. */
  voice(): Voice;
}

/** The traffic of two processes on one store: what was asked for, so that it can be judged. */
export class Traffic {
  readonly asked: Asked[] = [];
  /** Texts of reminders by who has to be told each, once. */
  readonly reminders: { readonly guest: Guest; readonly text: string }[] = [];
  readonly guests: Guest[] = [];
  readonly surveys: string[] = [];
  #crowd: readonly Person[] = [];
  readonly #rig: Rig;
  readonly #name: string;
  #count = 0;

  /** `name` is unique in a run. */
  constructor(rig: Rig, name: string) {
    this.#rig = rig;
    this.#name = name;
  }

  get everybody(): readonly Person[] {
    return [...this.#crowd, ...this.guests.map(({ person }) => person)];
  }

  async assemble(guests: number): Promise<void> {
    this.#crowd = await meet(this.#rig, CROWD);
    for (const { user, conversation } of this.#crowd) {
      const walker: Somebody = {
        name: user,
        channelId: 'msteams',
        tenantId: CROWD.tenantId,
        user: { id: user, name: user },
        conversation: { id: conversation, conversationType: 'personal' },
        locale: 'en-US',
        timeZone: 'UTC',
      };
      await this.#voiceTo(0, walker).says('subscribe news');
    }
    for (let index = 0; index < guests; index += 1) this.guests.push(await this.#arrives(`guest${index}`));
  }

  /** Publishes a notice to one guest, or to a group of the crowd. */
  async publish(
    to: Guest | 'somebody' | 'news' | 'everyone',
    options: { readonly mode?: string; readonly onUnconfirmed?: 'resend' | 'park' } = {},
  ): Promise<Asked> {
    const { mode = 'adHoc', onUnconfirmed = this.#count % 2 === 0 ? 'resend' : 'park' } = options;
    const { recipient, must } = this.#addressed(to);
    const { event, asked } = notice(this.#unique(), { to: [recipient], mode, onUnconfirmed, must, may: [] });
    await this.#rig.publisher.publish(event, ENTRANCES[this.#count % ENTRANCES.length] ?? 'structured');
    this.asked.push(asked);
    return asked;
  }

  /** Asks a guest something; gives the question. */
  async survey(guest: Guest): Promise<string> {
    const { event, asked } = notice(this.#unique(), {
      to: [{ conversation: guest.person.key }],
      onUnconfirmed: 'resend',
      must: [guest.person],
      may: [],
    });
    const data = {
      to: event.data.to,
      question: asked.text,
      choices: ['Great', 'Fine'],
      // Both releases take a word for the answer of what lies on top.
      delivery: { mode: 'interrupt' },
      replyTo: 'outcomes',
    };
    await this.#rig.publisher.publish({ ...event, type: 'survey.requested', data }, 'structured');
    this.asked.push(asked);
    this.surveys.push(asked.text);
    return asked.text;
  }

  /** Sets a reminder and gives what it says when it is due. */
  async remind(guest: Guest, seconds: number): Promise<string> {
    const what = `remember ${this.#unique().replaceAll('/', ' ')}`;
    await guest.voice().talks(`remind me to ${what} in ${seconds} seconds`, 'Reminder **');
    const text = `Reminder: ${what}`;
    this.reminders.push({ guest, text });
    return text;
  }

  #addressed(to: Guest | 'somebody' | 'news' | 'everyone') {
    if (to === 'everyone') return { recipient: { everyone: true }, must: this.everybody };
    if (to === 'news') return { recipient: { topic: 'news' }, must: this.#crowd };
    const person = to === 'somebody' ? this.#crowd[this.#count % this.#crowd.length] : to.person;
    if (person === undefined) throw new Error('Nobody is there yet.');
    return { recipient: { conversation: person.key }, must: [person] };
  }

  #unique(): string {
    this.#count += 1;
    return `${this.#name}/${this.#count}.`;
  }

  async #arrives(name: string): Promise<Guest> {
    const id = `aside-${name}`;
    const user = { id: `dl_aside_${name}`, name };
    const conversation = { id, conversationType: 'personal' };
    await this.#control('conversations', { id, members: [user.id] });
    await this.#control('membership', { conversation: id, action: 'install' });
    const who: Somebody = {
      name,
      channelId: 'directline',
      user,
      conversation,
      locale: 'en-US',
      timeZone: 'UTC',
    };
    const voices = this.#rig.hosts.map((_host, index) => this.#voiceTo(index, who));
    const key = conversationKey(who.channelId, id);
    let turns = 0;
    return {
      person: { user: user.id, conversation: id, key, keys: [key] },
      voice: () => {
        turns += 1;
        const alive = this.#rig.hosts.length;
        const voice = voices[turns % alive];
        if (voice === undefined) throw new Error('No process is there to speak to.');
        return voice;
      },
    };
  }

  #voiceTo(host: number, who: Somebody): Voice {
    const functions = this.#rig.hosts[host]?.origin ?? '';
    return new Voice(who, { functions, channel: this.#rig.channel.origin, now: Date.now });
  }

  async #control(path: string, json: object): Promise<void> {
    await request(`${this.#rig.channel.origin}/${path}`, { method: 'POST', json });
  }
}
