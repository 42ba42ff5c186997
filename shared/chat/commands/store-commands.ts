import { readMissed } from '../../use-cases/holding-back/read-missed.ts';
import { snoozeNotification } from '../../use-cases/intake/snooze-notification.ts';
import { exportPersonalData } from '../../use-cases/privacy/export-personal-data.ts';
import { findPersonZone } from '../person-zone.ts';
import type { Command } from './command.ts';
import { missedCommands } from './missed.ts';
import { notifyMeHere } from './notify-me-here.ts';
import { exportMyData } from './privacy/export-my-data.ts';
import { forgetMeCommand } from './privacy/forget-me.ts';
import { quietCommands } from './quiet/quiet-commands.ts';
import { snoozeNotificationCommand } from './snooze-notification.ts';
import { timezone } from './timezone.ts';

type DepsOf<Make extends (deps: never) => unknown> = Parameters<Make>[0];

/** What is made here, out of the others. */
type Made = 'personZone' | 'snoozeNotification' | 'readMissed' | 'exportPersonalData';

export type StoreCommandsDeps = Omit<
  DepsOf<typeof exportPersonalData> &
    DepsOf<typeof snoozeNotification> &
    DepsOf<typeof readMissed> &
    DepsOf<typeof findPersonZone> &
    DepsOf<typeof exportMyData> &
    DepsOf<typeof notifyMeHere> &
    DepsOf<typeof quietCommands> &
    DepsOf<typeof timezone>,
  Made
>;

/** Everything that people can say beyond topics: times, being left alone, and what is theirs; what kinds understand comes beside it. */
export function storeCommands(given: StoreCommandsDeps): readonly Command[] {
  const deps = { ...given, personZone: findPersonZone(given) };
  return [
    ...quietCommands(deps),
    timezone(deps),
    notifyMeHere(deps),
    ...missedCommands({ ...deps, readMissed: readMissed(deps) }),
    snoozeNotificationCommand({ ...deps, snoozeNotification: snoozeNotification(deps) }),
    exportMyData({ ...deps, exportPersonalData: exportPersonalData(deps) }),
    forgetMeCommand,
  ];
}
