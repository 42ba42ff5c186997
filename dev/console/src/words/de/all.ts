import { faults } from './faults.ts';
import { notifications, now } from './notifications.ts';
import { people } from './people.ts';
import { action, audit, hooks, parked, topics } from './run.ts';
import { settings } from './settings.ts';
import { problems, shell, time } from './shell.ts';
import { reason, state, states, why } from './states.ts';
import { audience, delivery, write } from './write.ts';

export const de = {
  action,
  audience,
  audit,
  delivery,
  faults,
  hooks,
  notifications,
  now,
  parked,
  people,
  problems,
  reason,
  settings,
  shell,
  state,
  states,
  time,
  topics,
  why,
  write,
};
