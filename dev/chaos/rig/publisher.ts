import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusClient, type ServiceBusMessage, type ServiceBusSender } from '@azure/service-bus';
import { queueNames } from '../../../shared/manifest.ts';
import type { Host } from './hosts.ts';

/** A CloudEvent in structured form, ready for `JSON.stringify`. */
export interface EventJson {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly sequence?: string;
  readonly data: { readonly [name: string]: unknown };
}

/** How an event comes in. */
export type Entrance = 'structured' | 'binary' | 'http';

const MOST_TRIES = 60;
const PAUSE_MS = 250;
/** Who gets no answer for so long asks again. */
const PATIENCE_MS = 3000;

/**
 * An upstream service: it offers an event until somebody takes it. Then, and only then, the app answers for it.
 * An attempt whose acknowledgement was lost makes a second copy, as it does in any service that does its duty.
 */
export class Publisher {
  readonly #client: ServiceBusClient;
  readonly #senders = new Map<string, ServiceBusSender>();
  readonly #hosts: readonly Host[];

  constructor(wires: { readonly serviceBus: string; readonly hosts: readonly Host[] }) {
    this.#client = new ServiceBusClient(wires.serviceBus, {
      retryOptions: { maxRetries: 0, timeoutInMs: PATIENCE_MS },
    });
    this.#hosts = wires.hosts;
  }

  async publish(event: EventJson, entrance: Entrance): Promise<void> {
    if (entrance === 'http') await untilItWorks(() => this.#post(event));
    else await this.send(queueNames.events, entrance === 'binary' ? binary(event) : structured(event));
  }

  /** Has a notification reach nobody any more; `isRecalled`: what was shown is taken back. */
  async cancel(id: string, isRecalled = false): Promise<void> {
    await untilItWorks(async () => {
      const [host] = this.#hosts;
      const url = `${host?.origin}/api/notifications/${id}${isRecalled ? '?recall=1' : ''}`;
      const answer = await fetch(url, { method: 'DELETE', signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status !== 202) throw new Error(`DELETE ${url} was answered ${answer.status}`);
    });
  }

  /** Sends any message to any queue. */
  async send(queue: string, message: ServiceBusMessage): Promise<void> {
    await untilItWorks(() => this.#sender(queue).sendMessages(message));
  }

  /** Sends many, as few at once as they fit into a batch. */
  async sendAll(queue: string, messages: readonly ServiceBusMessage[]): Promise<void> {
    const sender = this.#sender(queue);
    let batch = await sender.createMessageBatch();
    for (const message of messages) {
      if (batch.tryAddMessage(message)) continue;
      await sender.sendMessages(batch);
      batch = await sender.createMessageBatch();
      if (!batch.tryAddMessage(message)) throw new RangeError('A message is larger than the broker takes.');
    }
    await sender.sendMessages(batch);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #sender(queue: string): ServiceBusSender {
    const known = this.#senders.get(queue);
    if (known !== undefined) return known;
    const sender = this.#client.createSender(queue);
    this.#senders.set(queue, sender);
    return sender;
  }

  async #post(event: EventJson): Promise<void> {
    const [host] = this.#hosts;
    const answer = await fetch(`${host?.origin}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status !== 202) throw new Error(`POST /api/events was answered ${answer.status}`);
  }
}

function structured(event: EventJson): ServiceBusMessage {
  return { body: event, contentType: 'application/cloudevents+json' };
}

function binary({ data, ...attributes }: EventJson): ServiceBusMessage {
  return {
    body: data,
    contentType: 'application/json',
    applicationProperties: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`cloudEvents_${name}`, value]),
    ),
  };
}

async function untilItWorks(attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await delay(PAUSE_MS);
    }
  }
}
