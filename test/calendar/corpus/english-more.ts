import { requestsOf } from './said.ts';

/** Requests in English of the kinds that were misread once, and of those that public collections show people write. */
export const englishMore = {
  zones: requestsOf(`
    remind me at 9am Pacific to call the west coast => call the west coast => 2026-11-25 18:00
    remind me at 9am New York time to call the office => call the office => 2026-11-25 15:00
    remind me to call the office at 9am New York time => call the office => 2026-11-25 15:00
    remind me at 3pm London time to call Bob => call Bob => 2026-11-25 16:00
    remind me at 3pm (EST) to call Bob => call Bob => 2026-11-25 21:00
    remind me at 3pm EST to call Bob => call Bob => 2026-11-25 21:00
    remind me at 15:00 UTC-5 to call Bob => call Bob => 2026-11-25 21:00
    remind me at 15:00 UTC+5:30 to call Bob => call Bob => 2026-11-25 10:30
    remind me at 15:00 GMT+2 to call Bob => call Bob => 2026-11-25 14:00
    remind me at 10am Tokyo time to call Yuki => call Yuki => 2026-11-26 02:00
    remind me at 7:30 a.m. eastern to call Bob => call Bob => 2026-11-25 13:30
    remind me at 5pm Europe/London to call Bob => call Bob => 2026-11-25 18:00
    remind me to call Bob tomorrow at 9am Pacific => call Bob => 2026-11-26 18:00
    remind me to call Bob on friday at 9am, New York time => call Bob => 2026-11-27 15:00
    remind me every monday at 9am New York time to plan => plan => 2026-11-30 09:00 FREQ=WEEKLY;BYDAY=MO
    remind me every day at noon UTC to check the backup => check the backup => 2026-11-25 12:00 FREQ=DAILY
    remind me at 5pm Paris flight check-in => Paris flight check-in => 2026-11-25 17:00
    remind me to meet Ann at 5pm in Paris => meet Ann in Paris => 2026-11-25 17:00
  `),
  'ISO 8601': requestsOf(`
    remind me at 2027-03-05T14:00 to renew the domain => renew the domain => 2027-03-05 14:00
    remind me at 2027-03-05T14:00:00 to renew the domain => renew the domain => 2027-03-05 14:00
    remind me at 2027-03-05T14:00Z to renew the domain => renew the domain => 2027-03-05 15:00
    remind me at 2027-03-05T14:00:00Z to renew the domain => renew the domain => 2027-03-05 15:00
    remind me at 2027-03-05T14:00:00.000Z to renew the domain => renew the domain => 2027-03-05 15:00
    remind me at 2027-03-05T14:00+05:30 to renew the domain => renew the domain => 2027-03-05 09:30
    remind me at 2027-03-05T14:00-0500 to renew the domain => renew the domain => 2027-03-05 20:00
    remind me on 2027-03-05 to renew the domain => renew the domain => 2027-03-05 09:00
    remind me on 2027-03-05 at 14:00 to renew the domain => renew the domain => 2027-03-05 14:00
    remind me on 2027-03-05 14:00 to renew the domain => renew the domain => 2027-03-05 14:00
    remind me 20270305T140000Z to renew the domain => renew the domain => 2027-03-05 15:00
    remind me on 20270305 to renew the domain => renew the domain => 2027-03-05 09:00
    remind me on 2027-W09-5 to renew the domain => renew the domain => 2027-03-05 09:00
    remind me on 2027-064 to renew the domain => renew the domain => 2027-03-05 09:00
    remind me to renew the domain on 2027-03-05T14:00 => renew the domain => 2027-03-05 14:00
  `),
  'bounds and days': requestsOf(`
    remind me to stretch every 30 minutes until 6pm => stretch => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30;UNTIL=20261125T170000Z
    remind me every 30 minutes until 6pm to stretch => stretch => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30;UNTIL=20261125T170000Z
    remind me every 45 minutes from 9am until 5pm to stretch => stretch => 2026-11-25 10:30 FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,15,30,45;BYSETPOS=1,4,7,10,13,16,19,22,25,28,31
    remind me every 2 hours between 8am and 8pm to drink => drink => 2026-11-25 12:00 FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0
    remind me on wednesday every 2 weeks to water the ficus => water the ficus => 2026-12-02 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
    remind me to water the ficus on wednesday every 2 weeks => water the ficus => 2026-12-02 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
    remind me every 2 weeks on wednesday to water the ficus => water the ficus => 2026-12-02 09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
    remind me tomorrow every day to water the ficus => water the ficus => 2026-11-26 09:00 FREQ=DAILY
    remind me later this afternoon to call Ann => call Ann => 2026-11-25 15:00
    remind me later tonight to call Ann => call Ann => 2026-11-25 20:00
    remind me to call Ann later today => call Ann => 2026-11-25 13:20
  `),
  'hours and days by their place': requestsOf(`
    remind me at 15h to call Ann => call Ann => 2026-11-25 15:00
    remind me at 15h30 to call Ann => call Ann => 2026-11-25 15:30
    remind me at mid day to eat => eat => 2026-11-25 12:00
    remind me at mid-day to eat => eat => 2026-11-25 12:00
    remind me on the fifth last day of May to pay => pay => 2027-05-27 09:00
    remind me on the second to last day of march to pay => pay => 2027-03-30 09:00
    remind me on the second last friday of december to pay => pay => 2026-12-18 09:00
    remind me third tuesday after christmas to train => train => 2027-01-12 09:00
    remind me on the first monday after easter to train => train => 2027-03-29 09:00
    remind me on the last friday before christmas to wrap gifts => wrap gifts => 2026-12-18 09:00
    remind me the closest monday to oct 5th to plan => plan => 2027-10-04 09:00
    remind me on the nearest friday to december 10 to plan => plan => 2026-12-11 09:00
    remind me on the last weekend of january to ski => ski => 2027-01-30 09:00
    remind me at ten-thirty to call Ann => call Ann => 2026-11-25 10:30
    remind me at twelve oh five to call Ann => call Ann => 2026-11-25 12:05
    remind me at 10 to 5 to leave => leave => 2026-11-25 16:50
    remind me at half past nine in the evening to lock up => lock up => 2026-11-25 21:30
    remind me at 9 o'clock in the morning to lock up => lock up => 2026-11-26 09:00
    remind me at noon tomorrow to eat => eat => 2026-11-26 12:00
    remind me around noon to eat => eat => 2026-11-25 12:00
    remind me after 2pm to call Ann => call Ann => 2026-11-25 14:00
    remind me to call Ann after 2pm => call Ann => 2026-11-25 14:00
    remind me from 2pm to call Ann => call Ann => 2026-11-25 14:00
    remind me tomorrow after 3pm to call Ann => call Ann => 2026-11-26 15:00
    remind me before 11am to call Ann => call Ann => 2026-11-25 11:00
  `),
  'lengths of time': requestsOf(`
    remind me in the next 2 hours to call Ann => call Ann => 2026-11-25 12:20
    remind me in the upcoming 2 weeks to call Ann => call Ann => 2026-12-09 10:20
    remind me in two and a half hours to call Ann => call Ann => 2026-11-25 12:50
    remind me in 2.5 hours to call Ann => call Ann => 2026-11-25 12:50
    remind me in an hour and 20 minutes to call Ann => call Ann => 2026-11-25 11:40
    remind me in 1 hour, 20 minutes to call Ann => call Ann => 2026-11-25 11:40
    remind me in a half hour to call Ann => call Ann => 2026-11-25 10:50
    remind me within the next hour to call Ann => call Ann => 2026-11-25 11:20
    remind me in ten to call Ann => call Ann => 2026-11-25 10:30
    remind me 5 minutes from now to call Ann => call Ann => 2026-11-25 10:25
    remind me half an hour before noon to call Ann => call Ann => 2026-11-25 11:30
    remind me 15 minutes before 5pm to call Ann => call Ann => 2026-11-25 16:45
  `),
  'days and dates': requestsOf(`
    remind me two days before christmas eve to shop => shop => 2026-12-22 09:00
    remind me the week before christmas to shop => shop => 2026-12-18 09:00
    remind me the day after thanksgiving to shop => shop => 2026-11-27 09:00
    remind me on black friday to shop => shop => 2026-11-27 09:00
    remind me on mother's day to call mom => call mom => 2027-05-09 09:00
    remind me on presidents day to rest => rest => 2027-02-15 09:00
    remind me on ash wednesday to fast => fast => 2027-02-10 09:00
    remind me on pentecost to rest => rest => 2027-05-16 09:00
    remind me this summer to plan the trip => plan the trip => 2027-06-21 09:00
    remind me next spring to prune the roses => prune the roses => 2027-03-20 09:00
    remind me in late march to file taxes => file taxes => 2027-03-21 09:00
    remind me in early april to file taxes => file taxes => 2027-04-01 09:00
    remind me during march to file taxes => file taxes => 2027-03-01 09:00
    remind me at the beginning of 2028 to file taxes => file taxes => 2028-01-01 09:00
    remind me at the end of the following week to file taxes => file taxes => 2026-12-04 09:00
    remind me at the end of the quarter to file taxes => file taxes => 2026-12-31 09:00
    remind me in Q2 2028 to file taxes => file taxes => 2028-04-01 09:00
    remind me on 17 august 2027 to 19 august 2027 to be away => be away => 2027-08-17 09:00
    remind me from 13 to 15 july to be away => be away => 2027-07-13 09:00
    remind me on july 13-15 to be away => be away => 2027-07-13 09:00
    remind me on december 5th, 2026 to pay => pay => 2026-12-05 09:00
    remind me on Dec 5, 2026 at 5pm to pay => pay => 2026-12-05 17:00
    remind me on 5 Dec 2026 at 17:00 to pay => pay => 2026-12-05 17:00
    remind me on the 5th of december at 5 pm to pay => pay => 2026-12-05 17:00
    remind me on the 24 to pay => pay => 2026-12-24 09:00
    remind me to pay on the 24 => pay => 2026-12-24 09:00
    remind me on sat, dec 5 to pay => pay => 2026-12-05 09:00
    remind me on saturday the 5th to pay => pay => 2026-12-05 09:00
    remind me on sat. to pay => pay => 2026-11-28 09:00
    remind me on 12/24 to pay => pay => 2026-12-24 09:00
    remind me on 24/12 to pay => pay => 2026-12-24 09:00
    remind me on 12/24/2026 at 5pm to pay => pay => 2026-12-24 17:00
    remind me on 12/12 to pay => pay => 2026-12-12 09:00
    remind me in 09/2027 to pay => pay => 2027-09-01 09:00
    remind me on 2027 march 18 to pay => pay => 2027-03-18 09:00
  `),
  'what repeats': requestsOf(`
    remind me every second saturday at 10am to clean => clean => 2026-11-28 10:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=SA
    remind me every other day at 10am to clean => clean => 2026-11-27 10:00 FREQ=DAILY;INTERVAL=2
    remind me every 4 weekends to clean => clean => 2026-11-28 09:00 FREQ=WEEKLY;INTERVAL=4;BYDAY=SA,SU
    remind me once a week on sunday to clean => clean => 2026-11-29 09:00 FREQ=WEEKLY;BYDAY=SU
    remind me once a year on december 25th to call grandma => call grandma => 2026-12-25 09:00 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25
    remind me every year on december 21st and 31st to call grandma => call grandma => 2026-12-21 09:00 FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=21,31
    remind me every aug 20 and 30 to call grandma => call grandma => 2027-08-20 09:00 FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=20,30
    remind me every 20th and 30th of august to call grandma => call grandma => 2027-08-20 09:00 FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=20,30
    remind me on the 4th of every 3 months to pay => pay => 2026-12-04 09:00 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=4
    remind me the first friday of every 3 months to pay => pay => 2026-12-04 09:00 FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR
    remind me every month at the end to pay => pay => 2026-11-30 09:00 FREQ=MONTHLY;BYMONTHDAY=-1
    remind me every month at the beginning to pay => pay => 2026-12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1
    remind me each month on the last day to pay => pay => 2026-11-30 09:00 FREQ=MONTHLY;BYMONTHDAY=-1
    remind me every month on the second tuesday to pay => pay => 2026-12-08 09:00 FREQ=MONTHLY;BYDAY=2TU
    remind me every last weekday of the month to pay => pay => 2026-11-30 09:00 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
    remind me every day starting march 3rd for 8 times to pay => pay => 2027-03-03 09:00 FREQ=DAILY;COUNT=8
    remind me every monday and friday for the next month to run => run => 2026-11-27 09:00 FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261227T075959Z
    remind me every saturday for up to 2 months to run => run => 2026-11-28 09:00 FREQ=WEEKLY;BYDAY=SA;UNTIL=20270128T075959Z
    remind me every mon, wed & fri at 6:30am to run => run => 2026-11-27 06:30 FREQ=WEEKLY;BYDAY=MO,WE,FR
    remind me mon-fri at 6:30am to run => run => 2026-11-26 06:30 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    remind me every weekday except friday at 8am to run => run => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
    remind me every day except on weekends at 8am to run => run => 2026-11-26 08:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    remind me saturdays through tuesdays at 8am to run => run => 2026-11-28 08:00 FREQ=WEEKLY;BYDAY=MO,TU,SA,SU
    remind me daily at 8am until december 24 to run => run => 2026-11-26 08:00 FREQ=DAILY;UNTIL=20261224T225959Z
    remind me every day at 9:00 and 17:30 to take pills => take pills => 2026-11-25 17:30 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,4
    remind me at 9am and 9pm every day to take pills => take pills => 2026-11-25 21:00 FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0
    remind me every night at 10pm to take pills => take pills => 2026-11-25 22:00 FREQ=DAILY
    remind me every sunday night to take pills => take pills => 2026-11-29 21:00 FREQ=WEEKLY;BYDAY=SU
    remind me every 6 months to see the dentist => see the dentist => 2027-05-25 09:00 FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=25
    remind me every 90 minutes to stand up => stand up => 2026-11-25 11:50 FREQ=MINUTELY;INTERVAL=90
    remind me every half hour to stand up => stand up => 2026-11-25 10:50 FREQ=MINUTELY;INTERVAL=30
  `),
  'ways of asking': requestsOf(`
    remind me please tomorrow to buy milk => buy milk => 2026-11-26 09:00
    remind me in two hours please to buy milk => buy milk => 2026-11-25 12:20
    could you please remind me tomorrow at 9am to buy milk => buy milk => 2026-11-26 09:00
    hi, remind me in 10 minutes to stretch => stretch => 2026-11-25 10:30
    remind me in 10 min: check the oven => check the oven => 2026-11-25 10:30
    remind me tomorrow at 9: call Ann => call Ann => 2026-11-26 09:00
    remind me - tomorrow at 9 - call Ann => call Ann => 2026-11-26 09:00
    i need a reminder tomorrow at 9 to call Ann => call Ann => 2026-11-26 09:00
    set a reminder in 20 minutes to check the oven => check the oven => 2026-11-25 10:40
    create a reminder for tomorrow 9am: standup notes => standup notes => 2026-11-26 09:00
    nudge me on friday about the invoice => the invoice => 2026-11-27 09:00
    remind me at 5pm to buy food for saturday => buy food for saturday => 2026-11-25 17:00
    remind me to eat tomorrow at 8 for breakfast => eat => 2026-11-26 08:00
    remind me tonite at 8 to call mom => call mom => 2026-11-25 20:00
    remind me tommorow mornign to call mom => call mom => 2026-11-26 09:00
    remind me next wensday at 3pm to call mom => call mom => 2026-12-02 15:00
    remind me tomorrow daily standup notes => daily standup notes => 2026-11-26 09:00
    remind everybody every friday at 4pm to log hours => log hours => 2026-11-27 16:00 FREQ=WEEKLY;BYDAY=FR
  `),
};
