import { requestsOf } from './said.ts';

/** Requests in German for what comes once, as a person means them on Wednesday, 25 November 2026 at 10:20. */
export const germanOnce = {
  'from now': requestsOf(`
    erinnere mich in 20 Minuten an die Pizza => die Pizza => 2026-11-25 10:40
    erinnere mich in 20 min an die Pizza => die Pizza => 2026-11-25 10:40
    erinnere mich in einer Minute an den Tee => den Tee => 2026-11-25 10:21
    erinnere mich in einer Stunde an den Kuchen => den Kuchen => 2026-11-25 11:20
    erinnere mich in einer halben Stunde an die Pizza => die Pizza => 2026-11-25 10:50
    erinnere mich in anderthalb Stunden an den Braten => den Braten => 2026-11-25 11:50
    erinnere mich in eineinhalb Stunden an den Braten => den Braten => 2026-11-25 11:50
    erinnere mich in zweieinhalb Stunden an den Braten => den Braten => 2026-11-25 12:50
    erinnere mich in 2,5 Stunden an den Braten => den Braten => 2026-11-25 12:50
    erinnere mich in einer Viertelstunde an die Nudeln => die Nudeln => 2026-11-25 10:35
    erinnere mich in einer Dreiviertelstunde an die Wäsche => die Wäsche => 2026-11-25 11:05
    erinnere mich in zwei Stunden und 15 Minuten an den Anruf => den Anruf => 2026-11-25 12:35
    erinnere mich in ein paar Minuten an den Anruf => den Anruf => 2026-11-25 10:23
    erinnere mich in 90 Sekunden an das Ei => das Ei => 2026-11-25 10:21:30
    erinnere mich in fünf Minuten, das Fenster zu schließen => das Fenster zu schließen => 2026-11-25 10:25
    erinnere mich in fuenf Minuten an das Fenster => das Fenster => 2026-11-25 10:25
    erinnere mich in fünfundvierzig Minuten an die Waschmaschine => die Waschmaschine => 2026-11-25 11:05
    erinnere mich in 24 Stunden an die Nachricht => die Nachricht => 2026-11-26 10:20
    erinnere mich in einem Tag an die Nachricht => die Nachricht => 2026-11-26 10:20
    erinnere mich in drei Tagen an die Bibliothek => die Bibliothek => 2026-11-28 10:20
    erinnere mich in 3 Tagen um 9 Uhr an die Bibliothek => die Bibliothek => 2026-11-28 09:00
    erinnere mich in zwei Wochen an den Reifenwechsel => den Reifenwechsel => 2026-12-09 10:20
    erinnere mich in 14 Tagen an den Reifenwechsel => den Reifenwechsel => 2026-12-09 10:20
    erinnere mich in einem Monat an die Rechnung => die Rechnung => 2026-12-25 10:20
    erinnere mich in 6 Monaten an den Zahnarzt => den Zahnarzt => 2027-05-25 10:20
    erinnere mich in einem halben Jahr an den Zahnarzt => den Zahnarzt => 2027-05-25 10:20
    erinnere mich in einem Jahr an den TÜV => den TÜV => 2027-11-25 10:20
    erinnere mich in ca. 20 Minuten an den Ofen => den Ofen => 2026-11-25 10:40
    erinnere mich in etwa einer Stunde an den Ofen => den Ofen => 2026-11-25 11:20
    erinnere mich innerhalb von 2 Stunden an den Bericht => den Bericht => 2026-11-25 12:20
    erinnere mich in 2 Std an den Ofen => den Ofen => 2026-11-25 12:20
    erinnere mich in 2h an den Ofen => den Ofen => 2026-11-25 12:20
    erinnere mich nach 45 Minuten an den Ofen => den Ofen => 2026-11-25 11:05
    erinnere mich heute in einer Woche an den Ausweis => den Ausweis => 2026-12-02 10:20
  `),
  'a time of day': requestsOf(`
    erinnere mich um 15 Uhr an das Meeting => das Meeting => 2026-11-25 15:00
    erinnere mich um 15:30 Uhr an das Meeting => das Meeting => 2026-11-25 15:30
    erinnere mich um 15.30 Uhr an das Meeting => das Meeting => 2026-11-25 15:30
    erinnere mich um 15 Uhr 30 an das Meeting => das Meeting => 2026-11-25 15:30
    erinnere mich um 15:30 an das Meeting => das Meeting => 2026-11-25 15:30
    erinnere mich um 15h an das Meeting => das Meeting => 2026-11-25 15:00
    erinnere mich um 8:00 an die Tabletten => die Tabletten => 2026-11-26 08:00
    erinnere mich um acht Uhr an die Tabletten => die Tabletten => 2026-11-26 08:00
    erinnere mich um 12 Uhr ans Essen => Essen => 2026-11-25 12:00
    erinnere mich um 3 an das Meeting => das Meeting => 2026-11-25 15:00
    erinnere mich um 3 Uhr an das Meeting => das Meeting => 2026-11-25 15:00
    erinnere mich um drei Uhr nachmittags an das Meeting => das Meeting => 2026-11-25 15:00
    erinnere mich um 8 Uhr abends an den Film => den Film => 2026-11-25 20:00
    erinnere mich um 7 Uhr morgens ans Aufstehen => Aufstehen => 2026-11-26 07:00
    erinnere mich um 4 in der Früh an den Flug => den Flug => 2026-11-26 04:00
    erinnere mich um halb vier an den Anruf => den Anruf => 2026-11-25 15:30
    erinnere mich um halb neun abends an den Film => den Film => 2026-11-25 20:30
    erinnere mich um viertel nach drei an den Anruf => den Anruf => 2026-11-25 15:15
    erinnere mich um Viertel vor fünf an den Anruf => den Anruf => 2026-11-25 16:45
    erinnere mich um dreiviertel fünf an den Anruf => den Anruf => 2026-11-25 16:45
    erinnere mich um 20 nach 3 an den Anruf => den Anruf => 2026-11-25 15:20
    erinnere mich um zehn vor fünf an den Anruf => den Anruf => 2026-11-25 16:50
    erinnere mich um fünf vor halb vier an den Anruf => den Anruf => 2026-11-25 15:25
    erinnere mich um fünf nach halb vier an den Anruf => den Anruf => 2026-11-25 15:35
    erinnere mich gegen 16 Uhr an den Kaffee => den Kaffee => 2026-11-25 16:00
    erinnere mich so gegen 16 Uhr an den Kaffee => den Kaffee => 2026-11-25 16:00
    erinnere mich ungefähr um 16 Uhr an den Kaffee => den Kaffee => 2026-11-25 16:00
    erinnere mich pünktlich um 17 Uhr an die Zeiterfassung => die Zeiterfassung => 2026-11-25 17:00
    erinnere mich mittags an die Suppe => die Suppe => 2026-11-25 12:00
    erinnere mich um Mitternacht an Silvesterraketen => Silvesterraketen => 2026-11-26 00:00
    erinnere mich um 16 Uhr MEZ an den Call => den Call => 2026-11-25 16:00
    erinnere mich um 9 Uhr New York Zeit an den Call => den Call => 2026-11-25 15:00
    erinnere mich ab 14 Uhr an den Rückruf => den Rückruf => 2026-11-25 14:00
    erinnere mich 10 Minuten vor 17 Uhr an den Bus => den Bus => 2026-11-25 16:50
    erinnere mich eine Stunde vor Mitternacht an den Wecker => den Wecker => 2026-11-25 23:00
  `),
  'a day': requestsOf(`
    erinnere mich heute Abend an den Müll => den Müll => 2026-11-25 18:00
    erinnere mich heute Abend um 8 an den Müll => den Müll => 2026-11-25 20:00
    erinnere mich heute Abend um 20 Uhr an den Müll => den Müll => 2026-11-25 20:00
    erinnere mich heute Nachmittag an den Brief => den Brief => 2026-11-25 15:00
    erinnere mich heute Nachmittag um 4 an den Brief => den Brief => 2026-11-25 16:00
    erinnere mich heute um 14 Uhr an den Brief => den Brief => 2026-11-25 14:00
    erinnere mich heute Mittag an den Salat => den Salat => 2026-11-25 12:00
    erinnere mich heute Nacht an die Sterne => die Sterne => 2026-11-25 22:00
    erinnere mich am Abend an die Blumen => die Blumen => 2026-11-25 18:00
    erinnere mich am Nachmittag an die Blumen => die Blumen => 2026-11-25 15:00
    erinnere mich am Morgen an die Blumen => die Blumen => 2026-11-26 09:00
    erinnere mich nach dem Mittagessen an den Spaziergang => den Spaziergang => 2026-11-25 13:00
    erinnere mich nach der Arbeit an den Einkauf => den Einkauf => 2026-11-25 18:00
    erinnere mich vor dem Schlafengehen an die Heizung => die Heizung => 2026-11-25 22:00
    erinnere mich zum Feierabend an die Zeiterfassung => die Zeiterfassung => 2026-11-25 17:00
    erinnere mich später an den Anruf => den Anruf => 2026-11-25 13:20
    erinnere mich morgen an den Anruf => den Anruf => 2026-11-26 09:00
    erinnere mich morgen um 9 an den Zahnarzt => den Zahnarzt => 2026-11-26 09:00
    erinnere mich an den Zahnarzt morgen um 9 => den Zahnarzt => 2026-11-26 09:00
    erinnere mich morgen früh an die Mülltonne => die Mülltonne => 2026-11-26 09:00
    erinnere mich morgen früh um 7 an die Mülltonne => die Mülltonne => 2026-11-26 07:00
    erinnere mich morgen Vormittag an die Mülltonne => die Mülltonne => 2026-11-26 09:00
    erinnere mich morgen Mittag an die Kantine => die Kantine => 2026-11-26 12:00
    erinnere mich morgen Nachmittag um 3 an den Kuchen => den Kuchen => 2026-11-26 15:00
    erinnere mich morgen Abend an das Buch => das Buch => 2026-11-26 18:00
    erinnere mich morgen Abend um halb acht an das Buch => das Buch => 2026-11-26 19:30
    erinnere mich morgen um 5 Uhr ans Aufstehen => Aufstehen => 2026-11-26 05:00
    erinnere mich morgen um 17:30 an den Sport => den Sport => 2026-11-26 17:30
    erinnere mich Morgen um 17:30 an den Sport => den Sport => 2026-11-26 17:30
    erinnere mich übermorgen an den Sport => den Sport => 2026-11-27 09:00
    erinnere mich uebermorgen um 10 Uhr an den Sport => den Sport => 2026-11-27 10:00
    erinnere mich übermorgen Abend an den Sport => den Sport => 2026-11-27 18:00
    erinnere mich am Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich am Fr. an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich diesen Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich kommenden Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich nächsten Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich naechsten Freitag an den Bericht => den Bericht => 2026-11-27 09:00
    erinnere mich übernächsten Freitag an den Bericht => den Bericht => 2026-12-04 09:00
    erinnere mich am Freitag um 15 Uhr an den Bericht => den Bericht => 2026-11-27 15:00
    erinnere mich Freitag 15 Uhr an den Bericht => den Bericht => 2026-11-27 15:00
    erinnere mich um 15 Uhr am Freitag an den Bericht => den Bericht => 2026-11-27 15:00
    erinnere mich Freitagabend an die Party => die Party => 2026-11-27 18:00
    erinnere mich am Freitagabend um 8 an die Party => die Party => 2026-11-27 20:00
    erinnere mich am Freitag Abend an die Party => die Party => 2026-11-27 18:00
    erinnere mich am Montagmorgen an die Schlüssel => die Schlüssel => 2026-11-30 09:00
    erinnere mich am Mittwoch an den Markt => den Markt => 2026-12-02 09:00
    erinnere mich am Mittwoch um 17 Uhr an den Markt => den Markt => 2026-11-25 17:00
    erinnere mich am Donnerstag um halb zehn an den Markt => den Markt => 2026-11-26 09:30
    erinnere mich am Sonnabend an den Markt => den Markt => 2026-11-28 09:00
    erinnere mich Freitag nächster Woche an den Termin => den Termin => 2026-12-04 09:00
    erinnere mich nächste Woche Freitag an den Termin => den Termin => 2026-12-04 09:00
    erinnere mich nächste Woche an den Termin => den Termin => 2026-11-30 09:00
    erinnere mich nächsten Monat an den Termin => den Termin => 2026-12-01 09:00
    erinnere mich nächstes Jahr an den Termin => den Termin => 2027-01-01 09:00
    erinnere mich übernächste Woche an den Termin => den Termin => 2026-12-07 09:00
    erinnere mich am Wochenende an die Oma => die Oma => 2026-11-28 09:00
    erinnere mich dieses Wochenende an die Oma => die Oma => 2026-11-28 09:00
    erinnere mich nächstes Wochenende an die Oma => die Oma => 2026-12-05 09:00
    erinnere mich Ende des Monats an die Miete => die Miete => 2026-11-30 09:00
    erinnere mich am Monatsende an die Miete => die Miete => 2026-11-30 09:00
    erinnere mich Ende nächster Woche an die Miete => die Miete => 2026-12-04 09:00
    erinnere mich Anfang nächsten Monats an die Miete => die Miete => 2026-12-01 09:00
    erinnere mich am Ende des Jahres an die Inventur => die Inventur => 2026-12-31 09:00
    erinnere mich Mitte März an die Steuer => die Steuer => 2027-03-15 09:00
    erinnere mich im März an die Steuer => die Steuer => 2027-03-01 09:00
  `),
  'a date': requestsOf(`
    erinnere mich am 5.6. an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5.6. um 9 Uhr an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5.6.2027 an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 05.06.2027 um 14:30 an Annas Geburtstag => Annas Geburtstag => 2027-06-05 14:30
    erinnere mich am 5. 6. an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5/6 an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5. Juni an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5. Juni 2028 an Annas Geburtstag => Annas Geburtstag => 2028-06-05 09:00
    erinnere mich am fünften Juni an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 5ten Juni an Annas Geburtstag => Annas Geburtstag => 2027-06-05 09:00
    erinnere mich am 1. Januar 2027 um 10 Uhr an die Vorsätze => die Vorsätze => 2027-01-01 10:00
    erinnere mich am ersten Dezember an den Kalender => den Kalender => 2026-12-01 09:00
    erinnere mich am 24. Dez. an den Baum => den Baum => 2026-12-24 09:00
    erinnere mich am 17. Dez um 16 Uhr an den Baum => den Baum => 2026-12-17 16:00
    erinnere mich am Montag, den 7. Dezember, an den Adventskranz => den Adventskranz => 2026-12-07 09:00
    erinnere mich am Montag, dem 7.12., um 18 Uhr an den Adventskranz => den Adventskranz => 2026-12-07 18:00
    erinnere mich am 15. an die Miete => die Miete => 2026-12-15 09:00
    erinnere mich am 1. an die Miete => die Miete => 2026-12-01 09:00
    erinnere mich am 31. an die Miete => die Miete => 2026-12-31 09:00
    erinnere mich am 3. des nächsten Monats an die Miete => die Miete => 2026-12-03 09:00
    erinnere mich am 2027-03-05 an das Audit => das Audit => 2027-03-05 09:00
    erinnere mich am 2027-03-05 um 14:00 an das Audit => das Audit => 2027-03-05 14:00
    erinnere mich am 29. Februar an den Schalttag => den Schalttag => 2028-02-29 09:00
    erinnere mich am ersten Montag im März an die Sirenen => die Sirenen => 2027-03-01 09:00
    erinnere mich am letzten Freitag im Januar an die Abrechnung => die Abrechnung => 2027-01-29 09:00
    erinnere mich am letzten Tag im Februar an die Abrechnung => die Abrechnung => 2027-02-28 09:00
    erinnere mich am vorletzten Tag im Dezember an die Abrechnung => die Abrechnung => 2026-12-30 09:00
    erinnere mich am dritten Dienstag nach Weihnachten an das Training => das Training => 2027-01-12 09:00
    erinnere mich an Heiligabend um 16 Uhr an die Kirche => die Kirche => 2026-12-24 16:00
    erinnere mich an Weihnachten an die Gans => die Gans => 2026-12-25 09:00
    erinnere mich an Silvester an den Sekt => den Sekt => 2026-12-31 09:00
    erinnere mich zu Ostern an die Eier => die Eier => 2027-03-28 09:00
    erinnere mich am Ostermontag an die Eier => die Eier => 2027-03-29 09:00
    erinnere mich am Karfreitag an den Fisch => den Fisch => 2027-03-26 09:00
    erinnere mich an Pfingsten an das Zelten => das Zelten => 2027-05-16 09:00
    erinnere mich am Muttertag an die Blumen => die Blumen => 2027-05-09 09:00
    erinnere mich am Tag der Deutschen Einheit an die Fahne => die Fahne => 2027-10-03 09:00
    erinnere mich am Nikolaustag an die Stiefel => die Stiefel => 2026-12-06 09:00
    erinnere mich zwei Tage vor Weihnachten an die Geschenke => die Geschenke => 2026-12-23 09:00
    erinnere mich eine Woche vor Heiligabend an die Geschenke => die Geschenke => 2026-12-17 09:00
    erinnere mich am Tag vor Silvester an den Sekt => den Sekt => 2026-12-30 09:00
    erinnere mich einen Tag nach Neujahr an die Vorsätze => die Vorsätze => 2027-01-02 09:00
  `),
};
