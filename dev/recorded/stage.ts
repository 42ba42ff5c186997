import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { notificationId } from '../../shared/domain/ids.ts';
import { queueNames } from '../../shared/manifest.ts';
import { ChannelControl } from '../chaos/rig/channel-control.ts';
import { getJson } from '../chaos/rig/http.ts';
import type { Stack } from '../stack/stack.ts';
import type { FaultRequest } from '../teams-channel-local/faults/fault.ts';
import { folk, type Name } from './folk.ts';
import { type Somebody, Voice } from './somebody.ts';
import type { RecordedNotification } from './store-file.ts';

const SOURCE = '/recorded';
const PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

type Json = { readonly [name: string]: unknown };

/** What a story is told with: people who speak, a service that publishes, a channel that fails when told to. */
export class Stage {
  readonly published: RecordedNotification[] = [];
  readonly #stack: Stack;
  readonly #upstream: ServiceBusClient;
  readonly #voices = new Map<Name, Voice>();
  readonly channel: ChannelControl;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#upstream = new ServiceBusClient(stack.addresses.serviceBus);
    this.channel = new ChannelControl(this.#origin);
  }

  get #origin(): string {
    const { channel } = this.#stack.addresses;
    if (channel === undefined) throw new Error('A stack with a chat has a channel.');
    return channel;
  }

  now(): number {
    return this.#stack.now();
  }

  async until(at: number): Promise<void> {
    await delay(Math.max(0, at - this.now()));
  }

  voice(name: Name): Voice {
    const known = this.#voices.get(name);
    if (known !== undefined) return known;
    const voice = this.voiceOf(folk[name]);
    this.#voices.set(name, voice);
    return voice;
  }

  voiceOf(somebody: Somebody): Voice {
    return new Voice(somebody, {
      functions: this.#stack.addresses.functions,
      channel: this.#origin,
      now: () => this.now(),
    });
  }

  /** Publishes `notification.requested` to one person's conversation; its text begins with its name. */
  async note(name: string, to: Name | Json, delivery: Json = {}): Promise<string> {
    const recipient = typeof to === 'string' ? { conversation: this.voice(to).key } : to;
    const text = `Note ${name}, please read`;
    return this.publish(name, text, { data: { to: recipient, text, delivery } });
  }

  async survey(name: string, to: Name): Promise<string> {
    const question = `Question ${name}, how was it?`;
    const data = {
      to: { conversation: this.voice(to).key },
      question,
      choices: ['Great', 'Fine', 'Poor'],
      replyTo: 'outcomes',
    };
    return this.publish(name, question, { type: 'survey.requested', data });
  }

  /** Publishes an event by which people are shown `text`, in whatever language; gives the notification's id. */
  async publish(
    name: string,
    text: string,
    event: { readonly type?: string; readonly data: Json; readonly binary?: boolean },
  ): Promise<string> {
    const { type = 'notification.requested', data, binary = false } = event;
    const attributes = {
      specversion: '1.0',
      type,
      source: SOURCE,
      id: name,
      time: new Date(this.now()).toISOString(),
    };
    await this.send(
      queueNames.events,
      binary
        ? {
            contentType: 'application/json',
            applicationProperties: Object.fromEntries(
              Object.entries(attributes).map(([attribute, value]) => [`cloudEvents_${attribute}`, value]),
            ),
            body: data,
          }
        : { contentType: 'application/cloudevents+json', body: { ...attributes, data } },
    );
    const id = notificationId(SOURCE, name);
    this.published.push({ name, id, text });
    return id;
  }

  async send(queue: string, message: ServiceBusMessage): Promise<void> {
    const sender = this.#upstream.createSender(queue);
    await sender.sendMessages(message);
    await sender.close();
  }

  /** The channel fails what is sent to somebody next. */
  async fails(name: Name, fault: Omit<FaultRequest, 'conversation'>): Promise<void> {
    await this.channel.fault({ count: 1, ...fault, conversation: folk[name].conversation.id });
  }

  /** Waits until the report of a notification holds `text`, such as `"complete":true` or `"deferred"`. */
  async reports(id: string, text: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    const url = `${this.#stack.addresses.functions}/api/notifications/${id}?recipients=1`;
    let report = '';
    while (!report.includes(text)) {
      if (Date.now() > deadline) throw new Error(`The report of ${id} never held ${text}: ${report}`);
      await delay(PAUSE_MS);
      report = JSON.stringify(await getJson(url).catch(() => undefined)) ?? '';
    }
  }

  async close(): Promise<void> {
    await this.#upstream.close();
  }
}
