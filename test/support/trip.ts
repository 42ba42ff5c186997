import type { Dialog } from '../../shared/chat/dialogs/dialog.ts';
import { dialogBook } from '../../shared/chat/dialogs/dialog-book.ts';
import { defineDialog } from '../../shared/kinds/define-kind.ts';
import { wordsIn } from '../../shared/locale/words.ts';

const { wordsFor } = wordsIn(
  {
    title: 'travel booking',
    begin: 'Let us book a trip.',
    where: 'Where do you want to go?',
    goodChoice: (place: string) => `${place}, a good choice.`,
    leaving: (place: string) => `When do you leave for ${place}?`,
    back: 'When do you come back?',
    left: 'The travel booking is cancelled; nothing was booked.',
    booked: (place: string) => `Booked: ${place}. Have a good trip!`,
  },
  {
    de: {
      title: 'Reisebuchung',
      begin: 'Dann buchen wir eine Reise.',
      where: 'Wohin möchtest du?',
      goodChoice: (place) => `${place}, eine gute Wahl.`,
      leaving: (place) => `Wann geht es los nach ${place}?`,
      back: 'Wann kommst du zurück?',
      left: 'Die Reisebuchung ist abgebrochen; gebucht ist nichts.',
      booked: (place) => `Gebucht: ${place}. Gute Reise!`,
    },
  },
);

/** Where to, when, and when back, as far as that was said. A type and not an interface, so that it is JSON by its type. */
type Trip = { readonly answers: readonly string[] };

const dialog: Dialog<Trip> = {
  name: 'book travel',
  version: 1,
  title: (locale) => wordsFor(locale).title,
  read({ answers }) {
    if (!Array.isArray(answers)) throw new Error('no answers');
    return { answers: answers.map(String) };
  },
  begin: ({ locale }, answer) => ({
    kind: 'ask',
    state: { answers: answer === '' ? [] : [answer] },
    said: wordsFor(locale).begin,
  }),
  answer({ answers }, { text, locale }) {
    const words = wordsFor(locale);
    if (text === 'cancel') return { kind: 'end', reply: { text: words.left } };
    const [place = text, , back] = [...answers, text];
    if (back !== undefined) return { kind: 'end', reply: { text: words.booked(place) } };
    const said = answers.length === 0 ? { said: words.goodChoice(text) } : {};
    return { kind: 'ask', state: { answers: [...answers, text] }, ...said };
  },
  question({ answers: [place, departure] }, { locale }) {
    const words = wordsFor(locale);
    if (place === undefined) return { text: words.where };
    return { text: departure === undefined ? words.leaving(place) : words.back };
  },
};

/** A dialog of three questions for the tests of the engine, which knows none of the examples. */
export const trip = defineDialog({
  ...dialog,
  usage: 'book travel',
  does: () => 'Books a trip',
  said: { de: ['reise buchen'] },
});

export const tripBook = dialogBook(trip.dialogs ?? []);
