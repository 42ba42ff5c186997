import type { Delivery, EventContext, Receiver, Sender } from 'rhea';
import { BrokerError, toBrokerError } from '../broker-error.ts';
import type { Queue } from '../queue/queue.ts';
import { type AddressedNode, resolveAddress } from './addresses.ts';
import { answerCbs } from './cbs.ts';
import { Consumer } from './consumer.ts';
import { Dispatcher } from './dispatcher.ts';
import { IncomingLink, serverBusy } from './incoming-link.ts';
import { tokenOfTag } from './lock-token.ts';
import { answerManagement, scheduleOperation } from './management.ts';
import { type OutcomeName, outcomeNames, outcomeOf } from './outcomes.ts';
import { type ReceivedRequest, readRequest } from './request-reply.ts';
import { connectionInternals, linkInternals } from './rhea-internals.ts';
import type { AmqpServer } from './server.ts';
import type { Services } from './services.ts';
import { accepted, rejected, settle } from './settlement.ts';

/** A client's receiving link with the queue that it receives from. */
interface OutgoingLink {
  readonly consumer: Consumer;
  readonly dispatcher: Dispatcher;
  readonly queue: Queue;
}

/** Connects the links that clients attach to the queues that their addresses name. */
export class Links {
  readonly #services: Services;
  readonly #dispatchers = new Map<Queue, Dispatcher>();
  readonly #outgoing = new WeakMap<Sender, OutgoingLink>();
  readonly #incoming = new WeakMap<Receiver, IncomingLink>();
  readonly #requests = new WeakMap<Receiver, AddressedNode>();

  constructor({ container }: AmqpServer, services: Services) {
    this.#services = services;
    for (const { main, dead } of services.namespace.entities) {
      for (const queue of [main, dead]) this.#dispatchers.set(queue, new Dispatcher(queue));
    }
    container.on('sender_open', ({ sender }: EventContext) => sender && this.#attachSender(sender));
    container.on('receiver_open', ({ receiver }: EventContext) => receiver && this.#attachReceiver(receiver));
    for (const event of ['sender_close', 'sender_error', 'receiver_close', 'receiver_error']) {
      container.on(event, () => {});
    }
    for (const event of ['sender_flow', 'sendable']) {
      container.on(event, ({ sender }: EventContext) => this.#linkOf(sender)?.dispatcher.pump());
    }
    container.on('sender_draining', ({ sender }: EventContext) => this.#linkOf(sender)?.consumer.drain());
    container.on('message', (context: EventContext) => this.#onMessage(context));
    for (const name of outcomeNames) {
      container.on(name, ({ sender, delivery }: EventContext) => {
        const link = this.#linkOf(sender);
        if (link && delivery) this.#onOutcome(link, name, delivery);
      });
    }
  }

  /** A client wants to receive: from a queue, or the replies to its requests. */
  #attachSender(sender: Sender): void {
    this.#attach(sender, sender.source?.address, (node) => {
      if (Object.keys(sender.source?.filter ?? {}).some((name) => name.includes('session-filter'))) {
        throw new BrokerError(
          'amqp:not-implemented',
          'This broker has no sessions: receive without a session id.',
        );
      }
      if (node.kind !== 'queue') return;
      const queue = node.entity.queue(node.box);
      const dispatcher = this.#dispatchers.get(queue);
      if (!dispatcher) return;
      const consumer = new Consumer(sender);
      dispatcher.add(consumer);
      this.#outgoing.set(sender, { consumer, dispatcher, queue });
    });
    // Answered at once: a client may give credit right behind its attach, and rhea writes messages before attaches.
    connectionInternals(sender.connection)._process();
  }

  /** A client wants to send: messages to a queue, or requests. */
  #attachReceiver(receiver: Receiver): void {
    this.#attach(receiver, receiver.target?.address, (node) => {
      if (node.kind !== 'queue') {
        this.#requests.set(receiver, node);
        receiver.add_credit(100);
      } else if (node.box === 'dead') {
        throw new BrokerError(
          'amqp:not-allowed',
          'Nobody can send to a dead-letter queue: send to the queue itself.',
        );
      } else {
        this.#incoming.set(receiver, new IncomingLink(receiver, node.entity.main, this.#services));
      }
    });
  }

  #attach(link: Sender | Receiver, address: string | undefined, open: (node: AddressedNode) => void): void {
    try {
      if (address === undefined) {
        throw new BrokerError(
          'amqp:not-implemented',
          'Links need the address of a queue; transactions are not built.',
        );
      }
      const node = resolveAddress(this.#services.namespace, address);
      if (!node) {
        throw new BrokerError('amqp:not-found', `The messaging entity '${address}' could not be found.`);
      }
      // Clients count on it: one that settles as it sends uses the same delivery tag again and again.
      linkInternals(link).local.attach.snd_settle_mode = link.snd_settle_mode;
      open(node);
      link.set_source({ address: link.source?.address ?? '' });
      link.set_target({ address: link.target?.address ?? '' });
    } catch (thrown) {
      const { condition, message: description } = toBrokerError(thrown);
      link.close({ condition, description });
    }
  }

  #linkOf(sender: Sender | undefined): OutgoingLink | undefined {
    return sender && this.#outgoing.get(sender);
  }

  #onMessage({ receiver, delivery, message }: EventContext): void {
    if (!receiver || !delivery) return;
    const payload: unknown = message;
    if (!Buffer.isBuffer(payload)) return;
    const node = this.#requests.get(receiver);
    if (node) {
      receiver.add_credit(1);
      if (!delivery.remote_settled) this.#services.commit(() => settle(delivery, accepted));
      const request = readRequest(receiver, payload);
      if (request) this.#serve(node, request, receiver);
    } else {
      this.#incoming.get(receiver)?.onTransfer(delivery, payload, delivery.format);
    }
  }

  #serve(node: AddressedNode, request: ReceivedRequest, receiver: Receiver): void {
    const { commit, drop, faults } = this.#services;
    const fault = request.operation === scheduleOperation ? faults.nextSend() : 'none';
    try {
      if (fault === 'refuse') throw serverBusy();
      const reply =
        node.kind === 'cbs' ? answerCbs(request) : answerManagement(node.entity.queue(node.box), request);
      commit(() => (fault === 'drop-after' ? drop(receiver.connection) : request.reply(reply)));
    } catch (thrown) {
      commit(() => request.fail(thrown));
    }
  }

  #onOutcome({ queue }: OutgoingLink, name: OutcomeName, delivery: Delivery): void {
    const { commit } = this.#services;
    try {
      queue.settle(tokenOfTag(delivery.tag), outcomeOf(name, delivery));
      commit(() => settle(delivery, accepted));
    } catch (thrown) {
      commit(() => settle(delivery, rejected(thrown)));
    }
  }
}
