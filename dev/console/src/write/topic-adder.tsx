import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { useLater } from '../parts/use-later.ts';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import type { Entry } from './message.ts';

export function TopicAdder({ onAdd }: { readonly onAdd: (entry: Entry) => void }) {
  const { audience: words } = useWords();
  const [topic, setTopic] = useState('');
  const [asked, setAsked] = useState('');
  const later = useLater();
  const type = (text: string) => {
    setTopic(text);
    later(() => setAsked(text.trim()));
  };
  const topics = useAsked((signal) => api.topics({ text: asked }, signal), `topics to write to ${asked}`);
  const { items = [], continuation } = topics.value ?? {};
  return (
    <form
      class="adder"
      onSubmit={(event) => {
        event.preventDefault();
        if (topic.trim() === '') return;
        onAdd({ topic: topic.trim() });
        type('');
      }}
    >
      <TextField
        label={words.topic}
        hint={continuation === undefined ? undefined : words.moreTopics}
        value={topic}
        list={items.map((one) => one.topic)}
        onChange={type}
      />
      <button type="submit" class="button" disabled={topic.trim() === ''}>
        {words.add}
      </button>
    </form>
  );
}
