// Plain JavaScript, for dev/test.mjs: what is run once more for the SDK that is not the default.

/**
 * Everything that reaches the SDK: the adapter with the attacks by tokens and bodies, and over the whole stack the first
 * message, what waits for a dialog or interrupts it, reminders, presses, being forgotten, and the short form of chaos.
 * What lies behind the door of shared/adapters/bot/sdk/ is the same code in both builds.
 */
export const SDK_TESTS = [
  'test/adapters/bot/',
  'test/dev/sdk.test.ts',
  'test/journeys/first-message.test.ts',
  'test/journeys/reminders.test.ts',
  'test/journeys/holding-back.test.ts',
  'test/journeys/conversation.browser.test.ts',
  'test/kinds/travel/journeys/dialogs.test.ts',
  'test/chaos/hostile.test.ts',
  'test/chaos/short-form.test.ts',
];
