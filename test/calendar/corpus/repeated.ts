import { type Phrase, phrasesOf } from './said.ts';

/** What repeats, with its first occurrence and its rule, said on Wednesday, 25 November 2026 at 10:20. */
export const repeated: { readonly [family: string]: readonly Phrase[] } = {
  'every day': phrasesOf(`
    every day => 2026-11-26 09:00 FREQ=DAILY
    every day at 3:23am => 2026-11-26 03:23 FREQ=DAILY
    everyday at 3:23am => 2026-11-26 03:23 FREQ=DAILY
    at 3pm every day => 2026-11-25 15:00 FREQ=DAILY
    each day at noon => 2026-11-25 12:00 FREQ=DAILY
    every single day at 6pm => 2026-11-25 18:00 FREQ=DAILY
    daily at 8 => 2026-11-26 08:00 FREQ=DAILY
    evry day at 8am => 2026-11-26 08:00 FREQ=DAILY
    once a day at 2pm => 2026-11-25 14:00 FREQ=DAILY
    every morning => 2026-11-26 09:00 FREQ=DAILY
    every morning at 7 => 2026-11-26 07:00 FREQ=DAILY
    every evening at 8 => 2026-11-25 20:00 FREQ=DAILY
    every night at 10 => 2026-11-25 22:00 FREQ=DAILY
    every day at midnight => 2026-11-26 00:00 FREQ=DAILY
    every other day at 9am => 2026-11-27 09:00 FREQ=DAILY;INTERVAL=2
    every 3 days => 2026-11-28 09:00 FREQ=DAILY;INTERVAL=3
    every third day at 4pm => 2026-11-25 16:00 FREQ=DAILY;INTERVAL=3
    once every 3 days at 4pm => 2026-11-25 16:00 FREQ=DAILY;INTERVAL=3
    every day at 9:00 and 17:30 => 2026-11-25 17:30 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,4
    every day at 9am and 5pm => 2026-11-25 17:00 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0
    twice a day at 9am and 5pm => 2026-11-25 17:00 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0
    every day at 8, 12 and 18 => 2026-11-25 12:00 FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=0
    every day except weekends at 8am => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every day except sunday at 8am => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA
  `),
  'every week': phrasesOf(`
    every weekday at 8:50am => 2026-11-26 08:50 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every week day at 8:50am => 2026-11-26 08:50 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    on weekdays at 8am => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    weekdays at 5pm => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every workday at 5pm => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every business day at 5pm => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every weekend at 11am => 2026-11-28 11:00 FREQ=WEEKLY;BYDAY=SA,SU
    on weekends at 11am => 2026-11-28 11:00 FREQ=WEEKLY;BYDAY=SA,SU
    every monday => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    every mon at 9 => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    every wednesday at 5pm => 2026-11-25 17:00 FREQ=WEEKLY;BYDAY=WE
    every wednesday at 8am => 2026-12-02 08:00 FREQ=WEEKLY;BYDAY=WE
    every monday and wednesday at 1:39am => 2026-11-30 01:39 FREQ=WEEKLY;BYDAY=MO,WE
    every mon, wed and fri at 7am => 2026-11-27 07:00 FREQ=WEEKLY;BYDAY=MO,WE,FR
    every tuesday & thursday at 6pm => 2026-11-26 18:00 FREQ=WEEKLY;BYDAY=TU,TH
    on mondays => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    on mondays and wednesdays at noon => 2026-11-25 12:00 FREQ=WEEKLY;BYDAY=MO,WE
    mondays at 10am => 2026-11-30 10:00 FREQ=WEEKLY;BYDAY=MO
    at 10am on mondays => 2026-11-30 10:00 FREQ=WEEKLY;BYDAY=MO
    at 9 every monday => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    every monday morning => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    every sunday evening at 7 => 2026-11-29 19:00 FREQ=WEEKLY;BYDAY=SU
    monday to friday at 7am => 2026-11-26 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    mon-fri at 7am => 2026-11-26 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    every monday through thursday at 4pm => 2026-11-25 16:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
    every other friday => 2026-11-27 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    every second friday at 3pm => 2026-11-27 15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    every 2 weeks on friday at 3pm => 2026-11-27 15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    biweekly on friday at 3pm => 2026-11-27 15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
    every week on tuesday at 6pm => 2026-12-01 18:00 FREQ=WEEKLY;BYDAY=TU
    weekly on tuesday at 6pm => 2026-12-01 18:00 FREQ=WEEKLY;BYDAY=TU
    once a week at 2pm => 2026-11-25 14:00 FREQ=WEEKLY;BYDAY=WE
    every week => 2026-12-02 09:00 FREQ=WEEKLY;BYDAY=WE
    every two weeks => 2026-12-09 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
    twice a week on monday and thursday => 2026-11-26 09:00 FREQ=WEEKLY;BYDAY=MO,TH
  `),
  'every month': phrasesOf(`
    first monday each month => 2026-12-07 09:00 FREQ=MONTHLY;BYDAY=1MO
    first monday of each month => 2026-12-07 09:00 FREQ=MONTHLY;BYDAY=1MO
    on the first monday of every month at 10am => 2026-12-07 10:00 FREQ=MONTHLY;BYDAY=1MO
    every first monday of the month => 2026-12-07 09:00 FREQ=MONTHLY;BYDAY=1MO
    every last friday of the month => 2026-11-27 09:00 FREQ=MONTHLY;BYDAY=-1FR
    on the last friday of every month at 4pm => 2026-11-27 16:00 FREQ=MONTHLY;BYDAY=-1FR
    every second tuesday of the month => 2026-12-08 09:00 FREQ=MONTHLY;BYDAY=2TU
    every 2nd and 4th tuesday of the month => 2026-12-08 09:00 FREQ=MONTHLY;BYDAY=2TU,4TU
    every month on the third thursday => 2026-12-17 09:00 FREQ=MONTHLY;BYDAY=3TH
    every month on the 15th => 2026-12-15 09:00 FREQ=MONTHLY;BYMONTHDAY=15
    on the 15th of every month at noon => 2026-12-15 12:00 FREQ=MONTHLY;BYMONTHDAY=15
    on the 1st of each month => 2026-12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1
    every 1st and 15th of the month => 2026-12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1,15
    every 15th => 2026-12-15 09:00 FREQ=MONTHLY;BYMONTHDAY=15
    on the 31st of every month => 2026-12-31 09:00 FREQ=MONTHLY;BYMONTHDAY=31
    on the last day of every month => 2026-11-30 09:00 FREQ=MONTHLY;BYMONTHDAY=-1
    every last day of the month at 5pm => 2026-11-30 17:00 FREQ=MONTHLY;BYMONTHDAY=-1
    monthly on the 3rd => 2026-12-03 09:00 FREQ=MONTHLY;BYMONTHDAY=3
    every month => 2026-12-25 09:00 FREQ=MONTHLY;BYMONTHDAY=25
    every 3 months => 2027-02-25 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25
    every other month on the 5th => 2026-12-05 09:00 FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5
    every quarter => 2027-01-01 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1
    quarterly => 2027-01-01 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1
  `),
  'every year': phrasesOf(`
    every january 25 => 2027-01-25 09:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
    every january 25th at 8am => 2027-01-25 08:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
    every 25th of january => 2027-01-25 09:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
    every year on jan 25 => 2027-01-25 09:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
    on january 25 every year => 2027-01-25 09:00 FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25
    yearly on 29 feb => 2028-02-29 09:00 FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29
    annually on july 4 => 2027-07-04 09:00 FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4
    every 1/30 and 9/30 at noon => 2027-01-30 12:00 FREQ=YEARLY;BYMONTH=1,9;BYMONTHDAY=30
    every first sunday of march => 2027-03-07 09:00 FREQ=YEARLY;BYMONTH=3;BYDAY=1SU
    every year => 2027-11-25 09:00 FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25
  `),
  'every so often': phrasesOf(`
    every hour => 2026-11-25 11:20 FREQ=HOURLY
    hourly => 2026-11-25 11:20 FREQ=HOURLY
    every 2 hours => 2026-11-25 12:20 FREQ=HOURLY;INTERVAL=2
    every two hours => 2026-11-25 12:20 FREQ=HOURLY;INTERVAL=2
    every other hour => 2026-11-25 12:20 FREQ=HOURLY;INTERVAL=2
    every 30 minutes => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30
    every 45 mins => 2026-11-25 11:05 FREQ=MINUTELY;INTERVAL=45
    every hour until 6pm => 2026-11-25 11:20 FREQ=HOURLY;UNTIL=20261125T170000Z
    every 2 hours starting at 1pm => 2026-11-25 13:00 FREQ=HOURLY;INTERVAL=2
    every 30 minutes for 2 hours => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30;UNTIL=20261125T114959Z
    every hour from 9 to 5 => 2026-11-25 11:00 FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0
    every hour between 9am and 12pm on weekdays => 2026-11-25 11:00 FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12;BYMINUTE=0
    every 30 minutes between 9am and 11am => 2026-11-25 10:30 FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,30;BYSETPOS=1,2,3,4,5
  `),
  'with a beginning or an end': phrasesOf(`
    every 3 days until 19 June => 2026-11-28 09:00 FREQ=DAILY;INTERVAL=3;UNTIL=20270619T215959Z
    once a week at 2pm until the 19th of June => 2026-11-25 14:00 FREQ=WEEKLY;BYDAY=WE;UNTIL=20270619T215959Z
    every day at 9am until friday => 2026-11-26 09:00 FREQ=DAILY;UNTIL=20261127T225959Z
    every day at 9am until the end of the year => 2026-11-26 09:00 FREQ=DAILY;UNTIL=20261231T225959Z
    every day at noon for 5 days => 2026-11-25 12:00 FREQ=DAILY;UNTIL=20261130T105959Z
    every monday at 10am for the next 4 weeks => 2026-11-30 10:00 FREQ=WEEKLY;BYDAY=MO;UNTIL=20261228T085959Z
    every day at noon 5 times => 2026-11-25 12:00 FREQ=DAILY;COUNT=5
    every monday at 10am for 3 times => 2026-11-30 10:00 FREQ=WEEKLY;BYDAY=MO;COUNT=3
    every day at 8am starting tomorrow => 2026-11-26 08:00 FREQ=DAILY
    every day at 8am starting on monday => 2026-11-30 08:00 FREQ=DAILY
    every monday at 8am starting december 10 => 2026-12-14 08:00 FREQ=WEEKLY;BYDAY=MO
    every other day at 8am from 1 december until 20 december => 2026-12-01 08:00 FREQ=DAILY;INTERVAL=2;UNTIL=20261220T225959Z
  `),
};
