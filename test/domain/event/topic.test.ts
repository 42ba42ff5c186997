import { describe, expect, it } from 'vitest';
import { coveringTopics, parseTopic } from '../../../shared/domain/event/topic.ts';

describe('topics', () => {
  it('are the same in any case and with any space around them', () => {
    expect(parseTopic(' Builds/Web ')).toEqual({ ok: true, value: 'builds/web' });
  });

  it.each(['', ' ', '/', 'builds/', '/web', 'a//b', 'a/../b', 'x'.repeat(201), 'a\nb', 'tab\there'])(
    'refuse %j',
    (text) => {
      expect(parseTopic(text).ok).toBe(false);
    },
  );

  it.each(['builds', 'hotel prices', 'müll/abfuhr', 'v1.2-beta', '新闻'])('accept %j', (text) => {
    expect(parseTopic(text).ok).toBe(true);
  });

  it('cover what lies below them', () => {
    const topic = parseTopic('builds/web/main');
    expect(topic.ok && coveringTopics(topic.value)).toEqual(['builds', 'builds/web', 'builds/web/main']);
  });
});
