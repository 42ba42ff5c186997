import type { Fault } from '../domain/fault.ts';
import { isJsonObject } from '../domain/json-object.ts';

/** What to do instead; every rule of this file ends with it. */
const INSTEAD =
  'use Action.OpenUrl to a page that does it, or publish a "survey.requested" to ask for a choice';

/** One rule in four places: nothing of a card may ask the bot. */
const REQUEST = { rule: 'asks-bot' } as const;

/** Buttons whose press is a request to the bot, or to a service, that waits for its own answer. */
const ASKING = /^Action\.(Execute|Http)$/i;

/** What only means something on the card itself. */
const OF_THE_CARD = ['refresh', 'authentication'];

/** Lists of people that Teams fills by itself. All others it asks the bot for. */
const FILLED_BY_TEAMS = /^graph\.microsoft\.com\//i;

/**
 * What in one object of a card makes a client ask the bot for something beyond a plain press. The bot knows nothing of
 * what the service that made the card wants done, so the person who presses would be told just that.
 */
export function faultsOfRequests(value: { readonly [name: string]: unknown }, at: string): readonly Fault[] {
  const faults: Fault[] = [];
  const { type, dataset } = value;
  if (typeof type === 'string' && ASKING.test(type)) {
    faults.push({
      path: `${at}.type`,
      message: `must not be ${type}: nobody would answer what it asks; ${INSTEAD}`,
      ...REQUEST,
    });
  }
  if (typeof type === 'string' && /^Data\.Query$/i.test(type) && !isFilledByTeams(dataset)) {
    faults.push({
      path: `${at}.type`,
      message: `must not be ${type}: the bot has no choices to find; name them in "choices", or ${INSTEAD}`,
      ...REQUEST,
    });
  }
  if (typeof type === 'string' && /^AdaptiveCard$/i.test(type)) {
    for (const name of OF_THE_CARD) {
      if (!Object.hasOwn(value, name)) continue;
      faults.push({
        path: `${at}.${name}`,
        message: `must not be there: the bot would be asked for a card that it does not have; ${INSTEAD}`,
        ...REQUEST,
      });
    }
  }
  for (const name of Object.keys(value)) {
    const inTeams = value[name];
    if (!/^msteams$/i.test(name) || !isJsonObject(inTeams) || !('type' in inTeams)) continue;
    faults.push({
      path: `${at}.${name}.type`,
      message:
        'must not make more of a press than its data: imBack and messageBack would speak in the name of the person, ' +
        `and what else there is (task/fetch, signin, invoke) nobody would answer; ${INSTEAD}`,
      ...REQUEST,
    });
  }
  return faults;
}

function isFilledByTeams(dataset: unknown): boolean {
  return typeof dataset === 'string' && FILLED_BY_TEAMS.test(dataset);
}
