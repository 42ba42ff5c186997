import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../../ports/conversation/subscription-store.ts';
import type { ReleaseDeferred } from '../../../use-cases/holding-back/release-deferred.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Command } from '../command.ts';
import { mute, unmute } from './mute.ts';
import { quietHours } from './quiet-hours.ts';
import { stop } from './stop.ts';

/** What people can say to be left alone for a while. */
export function quietCommands(deps: {
  readonly preferences: PreferenceStore;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOf'>;
  readonly personZone: FindPersonZone;
  readonly releaseDeferred: ReleaseDeferred;
}): readonly Command[] {
  return [stop(deps), mute(deps), unmute(deps), quietHours(deps)];
}
