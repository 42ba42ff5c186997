import type { ConsoleRoute } from './route.ts';
import { type AudienceDeps, audienceRoutes } from './write-audiences.ts';
import { type DraftDeps, draftRoutes } from './write-drafts.ts';
import { type MessageDeps, messageRoutes } from './write-messages.ts';
import { type OperationDeps, operationRoutes } from './write-operations.ts';

export type WriteDeps = DraftDeps & AudienceDeps & MessageDeps & OperationDeps;

/** What authors and operators can do with the console; drafts and audiences are read here, too. */
export function writeRoutes(deps: WriteDeps): readonly ConsoleRoute[] {
  return [...draftRoutes(deps), ...audienceRoutes(deps), ...messageRoutes(deps), ...operationRoutes(deps)];
}
