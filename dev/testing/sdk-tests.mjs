// Plain JavaScript, for dev/test.mjs: what is run once more for the SDK that is not the default.

/**
 * What reaches the SDK: the adapter with the attacks by tokens and bodies, and over the whole stack the first message, what
 * waits for a dialog or interrupts it, hostile input, and the short form of chaos. What lies behind the door of
 * shared/adapters/bot/sdk/ is the same code in both builds.
 */
export const SDK_TESTS_OF_ALL = [
  'test/adapters/bot/',
  'test/journeys/first-message.test.ts',
  'test/kinds/travel/journeys/dialogs.test.ts',
  'test/chaos/hostile.test.ts',
  'test/chaos/short-form.test.ts',
];

/** The same where only they are asked for: with the chat page, and what mostly waits for a time to come. */
export const SDK_TESTS = [
  ...SDK_TESTS_OF_ALL,
  'test/journeys/conversation.browser.test.ts',
  'test/journeys/holding-back.test.ts',
  'test/journeys/privacy.test.ts',
  'test/journeys/reminders.test.ts',
  'test/kinds/hotels/journeys/',
];
