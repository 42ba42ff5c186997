import { handleLoad } from '../load/load.ts';
import type { ChannelParts } from '../parts.ts';
import { handleChats } from './chats.ts';
import { handleConversations, handleMembership } from './conversations.ts';
import { handleLimits, handleStats } from './counters.ts';
import { handleFaults } from './faults.ts';
import { handlePlay } from './play.ts';
import type { ControlRequest } from './request.ts';
import { handleTranscript } from './transcript.ts';

type Handler = (parts: ChannelParts, request: ControlRequest) => void | Promise<void>;

/** The first segment of each path by which the channel is steered and read. */
export const CONTROL: Readonly<Record<string, Handler>> = {
  chats: handleChats,
  conversations: handleConversations,
  faults: handleFaults,
  limits: handleLimits,
  load: handleLoad,
  membership: handleMembership,
  play: handlePlay,
  stats: handleStats,
  transcript: handleTranscript,
};
