import type { Topic } from '../../../../shared/domain/event/topic.ts';
import { days, type Instant, toIso } from '../../../../shared/domain/time.ts';
import {
  type ActiveTopic,
  DAYS_REMEMBERED,
  type TopicActivity,
} from '../../../../shared/ports/event/topic-activity.ts';

export class InMemoryTopicActivity implements TopicActivity {
  readonly #notes: { readonly topic: Topic; readonly day: string }[] = [];

  async noteTopic(topic: Topic, at: Instant): Promise<void> {
    this.#notes.push({ topic, day: dayOf(at) });
  }

  async forgetOne(topic: Topic, at: Instant): Promise<void> {
    const index = this.#notes.findIndex((note) => note.topic === topic && note.day === dayOf(at));
    if (index >= 0) this.#notes.splice(index, 1);
  }

  async topicsLately(now: Instant): Promise<readonly ActiveTopic[]> {
    const first = dayOf(now - days(DAYS_REMEMBERED - 1));
    const counts = new Map<Topic, number>();
    for (const { topic, day } of this.#notes) {
      if (day >= first && day <= dayOf(now)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    return [...counts]
      .map(([topic, count]) => ({ topic, count }))
      .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  }
}

function dayOf(at: Instant): string {
  return toIso(at).slice(0, 10);
}
