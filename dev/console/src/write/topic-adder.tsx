import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import type { Entry } from './message.ts';

export function TopicAdder({ onAdd }: { readonly onAdd: (entry: Entry) => void }) {
  const { audience: words } = useWords();
  const [topic, setTopic] = useState('');
  const topics = useAsked((signal) => api.topics({ limit: '200' }, signal), 'topics to write to');
  return (
    <form
      class="adder"
      onSubmit={(event) => {
        event.preventDefault();
        if (topic.trim() === '') return;
        onAdd({ topic: topic.trim() });
        setTopic('');
      }}
    >
      <TextField
        label={words.topic}
        value={topic}
        list={topics.value?.items.map((one) => one.topic) ?? []}
        onChange={setTopic}
      />
      <button type="submit" class="button" disabled={topic.trim() === ''}>
        {words.add}
      </button>
    </form>
  );
}
