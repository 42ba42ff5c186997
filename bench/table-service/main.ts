// The tables in memory, in a process of their own.
import { answerQuestions } from '../parts/part.ts';
import { fillPeople, fillReminders } from './fill.ts';
import type { TablesQuestion } from './part.ts';
import { startMemoryTables } from './server.ts';

const tables = await startMemoryTables();

answerQuestions((question) => {
  // Only part.ts asks.
  const asked = question as TablesQuestion;
  switch (asked.kind) {
    case 'origin':
      return tables.origin;
    case 'counts':
      return tables.counts();
    case 'reset':
      return tables.resetCounts();
    case 'people':
      return fillPeople(tables, asked.people);
    case 'reminders':
      return fillReminders(tables, asked.reminders);
  }
});
