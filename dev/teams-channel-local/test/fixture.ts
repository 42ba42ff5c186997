import { afterEach, beforeEach } from 'vitest';
import { type ChannelOptions, type RunningChannel, startChannel } from '../channel.ts';
import { Bot } from './bot.ts';

/** A bot and a channel before it, new for each test. */
export interface Fixture {
  bot: Bot;
  channel: RunningChannel;
  /** Ends the channel and starts another in its place. */
  restart(options?: Partial<ChannelOptions>): Promise<void>;
}

/** Starts a bot and a channel before each test of a file, and closes them after it. */
export function channelWithBot(options: Partial<ChannelOptions> = {}): Fixture {
  // Both are there before the first test looks.
  const fixture = {
    restart: async (changed: Partial<ChannelOptions> = {}) => {
      await fixture.channel.close();
      fixture.channel = await startChannel({ botUrl: fixture.bot.url, ...options, ...changed });
    },
  } as Fixture;
  beforeEach(async () => {
    fixture.bot = await Bot.start();
    fixture.channel = await startChannel({ botUrl: fixture.bot.url, ...options });
  });
  afterEach(async () => {
    await fixture.channel.close();
    await fixture.bot.close();
  });
  return fixture;
}
