import { requestsOf } from './said.ts';

/** Requests in German for what repeats, and ways of asking. */
export const germanRepeated = {
  'every day': requestsOf(`
    erinnere mich jeden Tag an die Tabletten => die Tabletten => 2026-11-26 09:00 FREQ=DAILY
    erinnere mich täglich um 8 an die Tabletten => die Tabletten => 2026-11-26 08:00 FREQ=DAILY
    erinnere mich jeden Tag um 8 Uhr an die Tabletten => die Tabletten => 2026-11-26 08:00 FREQ=DAILY
    erinnere mich jeden Tag um 6 Uhr an die Tabletten => die Tabletten => 2026-11-26 06:00 FREQ=DAILY
    erinnere mich jeden Tag um 8 und um 20 Uhr an die Tabletten => die Tabletten => 2026-11-25 20:00 FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0
    erinnere mich jeden Morgen an die Tabletten => die Tabletten => 2026-11-26 09:00 FREQ=DAILY
    erinnere mich jeden Morgen um 7 an die Tabletten => die Tabletten => 2026-11-26 07:00 FREQ=DAILY
    erinnere mich jeden Abend um 10 an die Tabletten => die Tabletten => 2026-11-25 22:00 FREQ=DAILY
    erinnere mich jede Nacht um 23 Uhr ans Schlafen => Schlafen => 2026-11-25 23:00 FREQ=DAILY
    erinnere mich jeden Mittag an die Pause => die Pause => 2026-11-25 12:00 FREQ=DAILY
    erinnere mich jeden zweiten Tag an die Pflanzen => die Pflanzen => 2026-11-27 09:00 FREQ=DAILY;INTERVAL=2
    erinnere mich alle 3 Tage an die Pflanzen => die Pflanzen => 2026-11-28 09:00 FREQ=DAILY;INTERVAL=3
    erinnere mich alle drei Tage um 18 Uhr an die Pflanzen => die Pflanzen => 2026-11-25 18:00 FREQ=DAILY;INTERVAL=3
    erinnere mich einmal am Tag um 14 Uhr an die Pause => die Pause => 2026-11-25 14:00 FREQ=DAILY
    erinnere mich zweimal täglich um 9 und 17 Uhr an die Tabletten => die Tabletten => 2026-11-25 17:00 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0
    erinnere mich jeden Tag außer sonntags um 8 an die Zeitung => die Zeitung => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA
    erinnere mich jeden Tag außer am Wochenende um 8 Uhr an die Zeitung => die Zeitung => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
  `),
  'every week': requestsOf(`
    erinnere mich jeden Montag an die Planung => die Planung => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    erinnere mich jeden Montag um 9 an die Planung => die Planung => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    erinnere mich montags um 9 Uhr an die Planung => die Planung => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    erinnere mich immer montags um 9 Uhr an die Planung => die Planung => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    erinnere mich montags und mittwochs um 18 Uhr an Sport => Sport => 2026-11-25 18:00 FREQ=WEEKLY;BYDAY=MO,WE
    erinnere mich jeden Montag und Mittwoch um 18 Uhr an Sport => Sport => 2026-11-25 18:00 FREQ=WEEKLY;BYDAY=MO,WE
    erinnere mich jeden Mo, Mi und Fr um 7 Uhr an Sport => Sport => 2026-11-27 07:00 FREQ=WEEKLY;BYDAY=MO,WE,FR
    erinnere mich dienstags und donnerstags an das Training => das Training => 2026-11-26 09:00 FREQ=WEEKLY;BYDAY=TU,TH
    erinnere mich freitagabends an den Müll => den Müll => 2026-11-27 18:00 FREQ=WEEKLY;BYDAY=FR
    erinnere mich jeden Sonntagabend um 19 Uhr an den Wochenplan => den Wochenplan => 2026-11-29 19:00 FREQ=WEEKLY;BYDAY=SU
    erinnere mich jeden Werktag um 8:50 an das Standup => das Standup => 2026-11-26 08:50 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich werktags um 8:50 Uhr an das Standup => das Standup => 2026-11-26 08:50 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich wochentags um 17 Uhr an die Zeiterfassung => die Zeiterfassung => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich an Wochentagen um 17 Uhr an die Zeiterfassung => die Zeiterfassung => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich jedes Wochenende um 11 Uhr an den Markt => den Markt => 2026-11-28 11:00 FREQ=WEEKLY;BYDAY=SA,SU
    erinnere mich von Montag bis Freitag um 7 Uhr an die Brotdose => die Brotdose => 2026-11-26 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich Mo-Fr um 7 Uhr an die Brotdose => die Brotdose => 2026-11-26 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    erinnere mich jeden zweiten Freitag an den Bericht => den Bericht => 2026-11-27 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    erinnere mich jeden 2. Freitag um 15 Uhr an den Bericht => den Bericht => 2026-11-27 15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    erinnere mich alle zwei Wochen am Freitag an den Bericht => den Bericht => 2026-11-27 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    erinnere mich alle 2 Wochen freitags um 15 Uhr an den Bericht => den Bericht => 2026-11-27 15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    erinnere mich am Mittwoch alle 2 Wochen an den Bericht => den Bericht => 2026-12-02 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
    erinnere mich jede zweite Woche am Montag an den Bericht => den Bericht => 2026-11-30 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO
    erinnere mich jede Woche an den Bericht => den Bericht => 2026-12-02 09:00 FREQ=WEEKLY;BYDAY=WE
    erinnere mich wöchentlich am Donnerstag an den Bericht => den Bericht => 2026-11-26 09:00 FREQ=WEEKLY;BYDAY=TH
    erinnere mich einmal die Woche am Dienstag an den Bericht => den Bericht => 2026-12-01 09:00 FREQ=WEEKLY;BYDAY=TU
    erinnere mich vierzehntägig am Freitag an den Bericht => den Bericht => 2026-11-27 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
  `),
  'every month and year': requestsOf(`
    erinnere mich jeden Monat am 15. an die Miete => die Miete => 2026-12-15 09:00 FREQ=MONTHLY;BYMONTHDAY=15
    erinnere mich jeden 15. an die Miete => die Miete => 2026-12-15 09:00 FREQ=MONTHLY;BYMONTHDAY=15
    erinnere mich am 1. jedes Monats an die Miete => die Miete => 2026-12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1
    erinnere mich am 1. und 15. jedes Monats an die Miete => die Miete => 2026-12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1,15
    erinnere mich immer am 15. an die Miete => die Miete => 2026-12-15 09:00 FREQ=MONTHLY;BYMONTHDAY=15
    erinnere mich monatlich am 3. an die Abrechnung => die Abrechnung => 2026-12-03 09:00 FREQ=MONTHLY;BYMONTHDAY=3
    erinnere mich am letzten Tag jedes Monats an die Abrechnung => die Abrechnung => 2026-11-30 09:00 FREQ=MONTHLY;BYMONTHDAY=-1
    erinnere mich jeden ersten Montag im Monat an das Treffen => das Treffen => 2026-12-07 09:00 FREQ=MONTHLY;BYDAY=1MO
    erinnere mich am ersten Montag jedes Monats an das Treffen => das Treffen => 2026-12-07 09:00 FREQ=MONTHLY;BYDAY=1MO
    erinnere mich jeden letzten Freitag im Monat um 16 Uhr an die Retro => die Retro => 2026-11-27 16:00 FREQ=MONTHLY;BYDAY=-1FR
    erinnere mich jeden 2. und 4. Donnerstag im Monat an den Chor => den Chor => 2026-11-26 09:00 FREQ=MONTHLY;BYDAY=2TH,4TH
    erinnere mich alle drei Monate an den Filter => den Filter => 2027-02-25 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25
    erinnere mich vierteljährlich an die Steuer => die Steuer => 2027-01-01 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1
    erinnere mich jedes Quartal an die Steuer => die Steuer => 2027-01-01 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1
    erinnere mich jedes Jahr am 5. Juni an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00 FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5
    erinnere mich jährlich am 5.6. an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00 FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5
    erinnere mich jedes Jahr am 5.6. um 9 Uhr an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00 FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5
    erinnere mich jedes Jahr an Weihnachten an Oma => Oma => 2026-12-25 09:00 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25
    erinnere mich jeden 25. Januar an den Hochzeitstag => den Hochzeitstag => 2027-01-25 09:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
  `),
  'every so often, and with an end': requestsOf(`
    erinnere mich jede Stunde ans Trinken => Trinken => 2026-11-25 11:20 FREQ=HOURLY
    erinnere mich stündlich ans Trinken => Trinken => 2026-11-25 11:20 FREQ=HOURLY
    erinnere mich alle 2 Stunden ans Trinken => Trinken => 2026-11-25 12:20 FREQ=HOURLY;INTERVAL=2
    erinnere mich alle zwei Stunden ans Trinken => Trinken => 2026-11-25 12:20 FREQ=HOURLY;INTERVAL=2
    erinnere mich jede halbe Stunde ans Aufstehen => Aufstehen => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30
    erinnere mich alle 30 Minuten ans Aufstehen => Aufstehen => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30
    erinnere mich alle 30 Minuten bis 18 Uhr ans Aufstehen => Aufstehen => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30;UNTIL=20261125T170000Z
    erinnere mich alle 30 Minuten von 9 bis 11 Uhr ans Aufstehen => Aufstehen => 2026-11-25 10:30 FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,30;BYSETPOS=1,2,3,4,5
    erinnere mich jede Stunde zwischen 9 und 12 Uhr ans Trinken => Trinken => 2026-11-25 11:00 FREQ=DAILY;BYHOUR=9,10,11,12;BYMINUTE=0
    erinnere mich alle 3 Tage bis zum 19. Juni an die Pflanzen => die Pflanzen => 2026-11-28 09:00 FREQ=DAILY;INTERVAL=3;UNTIL=20270619T215959Z
    erinnere mich jeden Tag um 9 Uhr bis Freitag an die Medizin => die Medizin => 2026-11-26 09:00 FREQ=DAILY;UNTIL=20261127T225959Z
    erinnere mich jeden Tag um 12 Uhr für 5 Tage an die Medizin => die Medizin => 2026-11-25 12:00 FREQ=DAILY;UNTIL=20261130T105959Z
    erinnere mich jeden Tag um 12 Uhr 5 mal an die Medizin => die Medizin => 2026-11-25 12:00 FREQ=DAILY;COUNT=5
    erinnere mich jeden Montag um 10 Uhr zwei Wochen lang an den Kurs => den Kurs => 2026-11-30 10:00 FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214T085959Z
    erinnere mich ab morgen jeden Tag um 8 Uhr an die Medizin => die Medizin => 2026-11-26 08:00 FREQ=DAILY
    erinnere mich ab Montag jeden Tag um 8 Uhr an die Medizin => die Medizin => 2026-11-30 08:00 FREQ=DAILY
    erinnere mich jeden Tag um 8 Uhr ab dem 1. Dezember an den Kalender => den Kalender => 2026-12-01 08:00 FREQ=DAILY
    erinnere mich jeden zweiten Tag um 8 Uhr vom 1. Dezember bis zum 20. Dezember an die Kerze => die Kerze => 2026-12-01 08:00 FREQ=DAILY;INTERVAL=2;UNTIL=20261220T225959Z
  `),
  'ways of asking': requestsOf(`
    Erinner mich morgen daran, Mama anzurufen => Mama anzurufen => 2026-11-26 09:00
    Erinnere mich bitte morgen um 10 daran, dass ich das Paket abhole => ich das Paket abhole => 2026-11-26 10:00
    erinnere mich daran, morgen um 10 das Paket abzuholen => das Paket abzuholen => 2026-11-26 10:00
    erinnere mich daran, das Paket abzuholen, morgen um 10 => das Paket abzuholen => 2026-11-26 10:00
    Kannst du mich morgen um 9 an den Zahnarzt erinnern? => den Zahnarzt => 2026-11-26 09:00
    Könntest du mich bitte am Freitag an die Blumen erinnern? => die Blumen => 2026-11-27 09:00
    bitte erinnere mich am Montag an die Blumen, danke! => die Blumen => 2026-11-30 09:00
    morgen um 9 Zahnarzt => Zahnarzt => 2026-11-26 09:00
    morgen um 9: Zahnarzt anrufen => Zahnarzt anrufen => 2026-11-26 09:00
    Zahnarzt anrufen morgen um 9 => Zahnarzt anrufen => 2026-11-26 09:00
    Freitag 14 Uhr Teamrunde vorbereiten => Teamrunde vorbereiten => 2026-11-27 14:00
    jeden Freitag um 14 Uhr Wochenbericht schreiben => Wochenbericht schreiben => 2026-11-27 14:00 FREQ=WEEKLY;BYDAY=FR
    in 10 Minuten Tee abgießen => Tee abgießen => 2026-11-25 10:30
    Erinnerung: morgen um 9 Zahnarzt => Zahnarzt => 2026-11-26 09:00
    Erinnerung an den Zahnarzt morgen um 9 => den Zahnarzt => 2026-11-26 09:00
    stell mir eine Erinnerung für Freitag um 15 Uhr: Ann anrufen => Ann anrufen => 2026-11-27 15:00
    ich muss morgen um 9 zum Zahnarzt => zum Zahnarzt => 2026-11-26 09:00
    ERINNERE MICH MORGEN UM 9 AN DEN ZAHNARZT => DEN ZAHNARZT => 2026-11-26 09:00
    erinnere mich „morgen um 5“ zu sagen am Freitag => „morgen um 5“ zu sagen => 2026-11-27 09:00
    erinnere mich am Freitag 2 Karten zu kaufen => 2 Karten zu kaufen => 2026-11-27 09:00
    erinnere mich um 17 Uhr an den Bericht für Montag => den Bericht für Montag => 2026-11-25 17:00
    remind me morgen um 9 Milch kaufen => Milch kaufen => 2026-11-26 09:00
    remind me Milch kaufen morgen um 9 => Milch kaufen => 2026-11-26 09:00
    erinnere uns jeden letzten Freitag im Monat um 16 Uhr an die Retro => die Retro => 2026-11-27 16:00 FREQ=MONTHLY;BYDAY=-1FR
  `),
};
