/**
 * What this bot does beyond the product itself: one line for each kind of notification, command or dialog. Without its
 * line an example is off. This folder is yours, no release touches it; `notifier new kind|command|dialog <name>` begins
 * something of your own and adds its line.
 */
export * from '../shared/kinds/hotels/kind.ts';
export * from '../shared/kinds/travel/kind.ts';
