import { z } from 'zod';
import type { FaultRequest } from '../../teams-channel-local/faults/fault.ts';
import { getJson, getText, request } from './http.ts';

const referenceShape = z.object({
  user: z.looseObject({ id: z.string() }),
  bot: z.looseObject({ id: z.string() }),
  conversation: z.looseObject({ id: z.string() }),
  channelId: z.string(),
  serviceUrl: z.string(),
});

/** A conversation as a channel's activity names it. */
export type Reference = z.output<typeof referenceShape>;

const faultShape = z.object({ id: z.string(), kind: z.string(), applied: z.number() });
const shownShape = z.object({ conversation: z.string(), texts: z.record(z.string(), z.number()) });

const messageShape = z.object({
  conversation: z.string(),
  id: z.string(),
  states: z.array(z.object({ text: z.string(), order: z.number() })),
  isDeleted: z.boolean(),
});

/** A message as somebody sees it: every text that it had. */
export type SeenMessage = z.output<typeof messageShape>;

/** How often each conversation (by the channel's id) was shown which text. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Steers and reads the local channel over HTTP. */
export class ChannelControl {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Makes people of a load test, `count` of them in all, and gives where they are reached. */
  async crowd(crowd: { prefix: string; count: number; tenantId?: string }): Promise<Reference[]> {
    const answer = await request(`${this.origin}/load/conversations`, { method: 'POST', json: crowd });
    return lines(await answer.text()).map((line) => referenceShape.parse(line));
  }

  /** Adds a group chat with these people and tells the bot that it was installed there. */
  async group(id: string, members: readonly string[]): Promise<void> {
    await request(`${this.origin}/conversations`, {
      method: 'POST',
      json: { id, type: 'groupChat', members },
    });
    await request(`${this.origin}/membership`, {
      method: 'POST',
      json: { conversation: id, action: 'install' },
    });
  }

  async fault(fault: FaultRequest): Promise<string> {
    const answer = await request(`${this.origin}/faults`, { method: 'POST', json: fault });
    return z.object({ id: z.string() }).parse(await answer.json()).id;
  }

  /** The faults that are still in force. */
  async faults(): Promise<readonly z.output<typeof faultShape>[]> {
    return z.array(faultShape).parse(await getJson(`${this.origin}/faults`));
  }

  /** Takes away one that may have been used up. */
  async clearFault(id: string): Promise<void> {
    const answer = await fetch(`${this.origin}/faults/${id}`, { method: 'DELETE' });
    if (!answer.ok && answer.status !== 404) throw new Error(`DELETE /faults/${id}: ${answer.status}`);
  }

  async clearFaults(): Promise<void> {
    await request(`${this.origin}/faults`, { method: 'DELETE' });
  }

  /** The messages that people of crowds were shown lately. */
  async messages(): Promise<readonly SeenMessage[]> {
    return lines(await getText(`${this.origin}/load/messages`)).map((line) => messageShape.parse(line));
  }

  /** What the people of all crowds were shown so far. */
  async shown(): Promise<Shown> {
    const counts = lines(await getText(`${this.origin}/load/shown`)).map((line) => shownShape.parse(line));
    return new Map(
      counts.map(({ conversation, texts }) => [conversation, new Map(Object.entries(texts))] as const),
    );
  }
}

function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
