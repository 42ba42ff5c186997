import type { World } from '../../../shared/kinds/kind.ts';

/** What the command line has of a running app for its kinds: nobody speaks here, who might manage a place, and nothing is posted. */
export const kindsAtRest = {
  settings: { hookTopics: [], hookRate: { count: 60, window: 60_000 } },
  isManager: async () => false,
  mayManage: async () => ({ may: false, isTeam: false }),
} satisfies Pick<World, 'settings' | 'isManager' | 'mayManage'>;
