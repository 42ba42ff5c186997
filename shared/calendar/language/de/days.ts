/** Days and months in German, and what is put together with them. */
export const weekdays = [
  'montag|mo?',
  'dienstag|di?',
  'mittwoch|mi?',
  'donnerstag|do?',
  'freitag|fr?',
  'samstag|sonnabend|sa?',
  'sonntag',
];

export const everyWeekday = [
  'montags',
  'dienstags',
  'mittwochs',
  'donnerstags',
  'freitags',
  'samstags|sonnabends',
  'sonntags',
];

export const months = [
  'januar|jänner|jan',
  'februar|feber|feb',
  'märz|mrz|mär',
  'april|apr',
  'mai',
  'juni|jun',
  'juli|jul',
  'august|aug',
  'september|sept|sep',
  'oktober|okt',
  'november|nov',
  'dezember|dez',
];

const parts: readonly (readonly [german: string, notation: string, plural: string])[] = [
  ['morgen', 'morning', 'mornings'],
  ['früh', 'morning', 'mornings'],
  ['vormittag', 'mid morning', 'mornings'],
  ['mittag', 'noon', 'noon'],
  ['nachmittag', 'afternoon', 'afternoons'],
  ['abend', 'evening', 'evenings'],
  ['nacht', 'night', 'nights'],
];

const names: readonly (readonly [name: string, day: number])[] = weekdays.flatMap((spellings, day) =>
  spellings
    .split('|')
    .filter((name) => !name.endsWith('?'))
    .map((name) => [name, day] as const),
);

const next = ['nächsten', 'nächster', 'nächste', 'nächstem', 'nächstes'];

/** The spellings of each notation, whatever the number of them. */
function gathered(rows: readonly (readonly [notation: string, spelling: string])[]): {
  readonly [notation: string]: string;
} {
  const found: { [notation: string]: string } = {};
  for (const [notation, spelling] of rows)
    found[notation] = found[notation] === undefined ? spelling : `${found[notation]}|${spelling}`;
  return found;
}

/** `freitagabend`, `montag morgen`, `sonntagabends`; `nächsten freitag`, the one that comes; `so` where it must be a day. */
export const compounds = gathered([
  ...names.flatMap(([name, day]) => [
    ...parts.flatMap(([german, part, plural]): (readonly [string, string])[] => [
      [`d${day} ${part}`, `${name}${german}`],
      [`d${day} ${part}`, `${name} ${german}`],
      [`d${day}s ${plural}`, `${name}${german}s`],
      [`d${day}s ${plural}`, `${name}s ${german}s`],
    ]),
    ...next.map((word): readonly [string, string] => [`coming d${day}`, `${word} ${name}`]),
    ...next.map((word): readonly [string, string] => [`d${day} after next`, `über${word} ${name}`]),
  ]),
  ['d6', 'so .'],
  ['on the d6', 'am so'],
  ['every d6', 'jeden so'],
  ['and d6', 'und so'],
  ['- d6', '- so'],
  ['until d6', 'bis so'],
]);

export const holidays = {
  '12-24': 'heiligabend|heilig abend|heiliger abend|heiligen abend',
  '12-25':
    'weihnachten|weihnachtstag|erster weihnachtstag|ersten weihnachtstag|1 . weihnachtstag|ersten weihnachtsfeiertag',
  '12-26':
    'zweiter weihnachtstag|zweiten weihnachtstag|2 . weihnachtstag|zweiten weihnachtsfeiertag|stephanstag|stefanitag',
  '12-31': 'silvester|sylvester',
  '1-1': 'neujahr|neujahrstag',
  '1-6': 'dreikönigstag|heilige drei könige|dreikönig',
  '2-14': 'valentinstag',
  '5-1': 'tag der arbeit|maifeiertag',
  '8-1': 'bundesfeiertag',
  '3-20': 'im frühling|im frühjahr|diesen frühling|nächsten frühling',
  '6-21': 'im sommer|diesen sommer|nächsten sommer',
  '9-22': 'im herbst|diesen herbst|nächsten herbst',
  '12-21': 'im winter|diesen winter|nächsten winter',
  '10-3': 'tag der deutschen einheit',
  '10-26': 'nationalfeiertag',
  '10-31': 'reformationstag|halloween',
  '11-1': 'allerheiligen',
  '11-11': 'martinstag|sankt martin',
  '12-6': 'nikolaus|nikolaustag',
  'easter-48': 'rosenmontag',
  'advent-21': '1 . advent|ersten advent|erster advent',
  'advent-14': '2 . advent|zweiten advent|zweiter advent',
  'advent-7': '3 . advent|dritten advent|dritter advent',
  'advent+0': '4 . advent|vierten advent|vierter advent',
  'easter-47': 'faschingsdienstag|fastnacht',
  'easter-46': 'aschermittwoch',
  'easter-3': 'gründonnerstag',
  'easter-2': 'karfreitag',
  'easter+0': 'ostern|ostersonntag',
  'easter+1': 'ostermontag',
  'easter+39': 'christi himmelfahrt|himmelfahrt|vatertag',
  'easter+49': 'pfingsten|pfingstsonntag',
  'easter+50': 'pfingstmontag',
  'easter+60': 'fronleichnam',
  '5:2:6': 'muttertag',
};

/** `an weihnachten`, `zu ostern`. */
export const onHolidays: { readonly [notation: string]: string } = Object.fromEntries(
  Object.entries(holidays).map(([rule, spellings]) => [
    `on h${rule}`,
    spellings
      .split('|')
      .flatMap((name) => [`an ${name}`, `zu ${name}`, `am ${name}`])
      .join('|'),
  ]),
);
