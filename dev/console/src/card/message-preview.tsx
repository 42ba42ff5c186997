import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { seenOf } from './activity.ts';
import { writeMarkdown } from './markdown.ts';
import { renderCard } from './render-card.ts';

/** A message in the look of the channel: light or dark, as wide as a phone or a window. */
export function MessagePreview({
  activity,
  theme = 'page',
  width = 'desktop',
}: {
  readonly activity: unknown;
  readonly theme?: 'light' | 'dark' | 'page';
  readonly width?: 'phone' | 'desktop';
}) {
  const { text, cards, others, suggested } = seenOf(activity);
  return (
    <div class={`chat is-${theme} is-${width}`} data-preview>
      <span class="chat-avatar" aria-hidden="true">
        <Icon name="notifications" size={16} />
      </span>
      <div class="chat-messages">
        {text !== undefined && (
          <Drawn class="bubble" draw={(place) => writeMarkdown(place, text)} of={text} />
        )}
        {cards.map((card) => (
          <Drawn
            class="bubble is-card"
            of={JSON.stringify(card)}
            draw={(place) => {
              const drawn = renderCard(card);
              place.replaceChildren(...(drawn === undefined ? [] : [drawn]));
            }}
          />
        ))}
        {others.map((other) => (
          <div class="bubble is-card">
            <b>{other.title}</b>
            {other.text !== undefined && <p>{other.text}</p>}
            {other.buttons.map((button) => (
              <span class="chat-button">{button}</span>
            ))}
          </div>
        ))}
        {suggested.length > 0 && (
          <div class="chat-suggested">
            {suggested.map((title) => (
              <span class="chat-button">{title}</span>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** A place whose content is made by hand; what cannot be drawn is said there. */
function Drawn({
  of,
  draw,
  class: name,
}: {
  readonly of: string;
  readonly draw: (place: HTMLElement) => void;
  readonly class: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    if (place.current === null) return;
    try {
      draw(place.current);
      setFault('');
    } catch (error) {
      place.current.replaceChildren();
      setFault(String(error));
    }
  }, [of]);
  return (
    <>
      <div class={name} ref={place} dir="auto" />
      {fault !== '' && <p class="field-problem">{fault}</p>}
    </>
  );
}
