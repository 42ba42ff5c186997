import { messageLimit, showsInlineFiles } from '../../../domain/delivery/channel-limits.ts';
import { toIso } from '../../../domain/time.ts';
import { wordsFor } from '../../../locale/words.ts';
import type { ExportPersonalData } from '../../../use-cases/privacy/export-personal-data.ts';
import type { Command } from '../command.ts';

/** A file as text takes a third more room in a message, and there is more in it than the file. */
const SHARE_OF_MESSAGE = 0.65;
/** Characters of one part, where the channel takes so many: a limit in bytes leaves room for them, whatever they take. */
const LONGEST_PART = 6000;
/** Characters around a part: its number, and what marks it as JSON. */
const AROUND_PART = 100;

/**
 * `export my data`: one JSON document as a file, or as the text of messages where a channel shows no file that lies in the
 * message itself (Teams keeps files on the person's drive, and asks for consent first), or where it is too large for one.
 */
export function exportMyData(deps: { readonly exportPersonalData: ExportPersonalData }): Command {
  return {
    name: 'export my data',
    does: (locale) => wordsFor(locale).commands['export my data'],
    usage: 'export my data',
    group: 'you',
    said: {
      en: ['my data', 'export data', 'show my data', 'give me my data', 'what do you know about me'],
      de: [
        'meine daten',
        'exportiere meine daten',
        'meine daten exportieren',
        'zeig meine daten',
        'was weißt du über mich',
      ],
    },
    async run({ at, conversation, speaker, locale }) {
      const words = wordsFor(locale).privacy;
      if (conversation.conversationType !== 'personal') return { text: words.onlyAlone };
      const document = await deps.exportPersonalData(conversation, speaker);
      const json = JSON.stringify(document, null, 2);
      const fits = Buffer.byteLength(json) <= messageLimit(conversation.channelId).most * SHARE_OF_MESSAGE;
      if (fits && showsInlineFiles(conversation.channelId)) {
        const name = `notifier-${toIso(at).slice(0, 10)}.json`;
        return { text: words.exported('file'), file: { name, contentType: 'application/json', text: json } };
      }
      const parts = partsOf(json, longestPart(conversation.channelId));
      return {
        text: words.exported('text'),
        more: parts.map((part, index) => {
          const heading = parts.length === 1 ? '' : `${words.part(index + 1, parts.length)}\n\n`;
          return `${heading}\`\`\`\n${part}\n\`\`\``;
        }),
      };
    },
  };
}

function longestPart(channelId: string): number {
  const { most, unit } = messageLimit(channelId);
  return unit === 'characters' ? Math.min(LONGEST_PART, most - AROUND_PART) : LONGEST_PART;
}

/** The text in parts that end with a line where there is one: put together, they are the text. */
function partsOf(text: string, longest: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const line = rest.lastIndexOf('\n', longest);
    const end = line > 0 ? line : wholeCharacters(rest, longest);
    parts.push(rest.slice(0, end));
    rest = rest.slice(line > 0 ? end + 1 : end);
  }
  return [...parts, rest];
}

/** No part begins with the second half of a character. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}
