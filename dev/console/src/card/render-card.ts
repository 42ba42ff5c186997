import { AdaptiveCard, GlobalSettings, HostConfig } from 'adaptivecards';
import { hostConfig } from './host-config.ts';
import { isSafeLink, writeMarkdown } from './markdown.ts';
import { namePictures, withoutPictures } from './pictures.ts';

GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
GlobalSettings.allowPreProcessingPropertyValues = false;
GlobalSettings.setTabIndexAtCardRoot = false;

/**
 * Draws an Adaptive Card that does nothing: no button of it acts, nothing is loaded, texts are texts. `undefined` where it is
 * no card. Throws what the card library throws of a card that it cannot draw.
 */
export function renderCard(content: unknown): HTMLElement | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  const { card: clean, pictures } = withoutPictures(content);
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  card.onExecuteAction = () => {};
  // Texts come out as they are; they become Markdown below, element by element.
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.didProcess = false;
    result.outputHtml = text;
  };
  card.parse(Object(clean));
  const drawn = card.render();
  if (drawn === undefined) return undefined;
  for (const text of drawn.querySelectorAll<HTMLElement>('.ac-textBlock')) {
    for (const end of text.querySelectorAll('br')) end.replaceWith('\n');
    writeMarkdown(text, text.textContent ?? '');
  }
  for (const link of drawn.querySelectorAll('a')) {
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    if (!isSafeLink(link.href)) link.removeAttribute('href');
  }
  namePictures(drawn, pictures);
  return drawn;
}
