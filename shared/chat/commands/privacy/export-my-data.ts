import type { Conversation } from '../../../domain/conversation/conversation.ts';
import { messageLimit, showsCards, showsInlineFiles } from '../../../domain/delivery/channel-limits.ts';
import { toIso } from '../../../domain/time.ts';
import { wordsFor } from '../../../locale/words.ts';
import type { ExportPersonalData } from '../../../use-cases/privacy/export-personal-data.ts';
import { adaptiveCard, line } from '../../cards/adaptive-card.ts';
import type { Command } from '../command.ts';

/** A file as text takes a third more room in a message, and there is more in it than the file. */
const SHARE_OF_MESSAGE = 0.65;

/**
 * `export my data`: one JSON document as a file; where a channel shows no file that lies in the message itself (Teams keeps
 * files on the person's drive, and asks for consent first), or where it is too large for one, a link that soon expires.
 */
export function exportMyData(deps: {
  readonly exportPersonalData: ExportPersonalData;
  /** Makes an address that opens the document for ten minutes; absent where the app does not know its own. */
  readonly linkToExport?: ((conversation: Conversation) => Promise<string>) | undefined;
}): Command {
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
      if (showsInlineFiles(conversation.channelId)) {
        const json = JSON.stringify(await deps.exportPersonalData(conversation, speaker), null, 2);
        if (Buffer.byteLength(json) <= messageLimit(conversation.channelId).most * SHARE_OF_MESSAGE) {
          const name = `notifier-${toIso(at).slice(0, 10)}.json`;
          return { text: words.exported, file: { name, contentType: 'application/json', text: json } };
        }
      }
      if (deps.linkToExport === undefined) return { text: words.noExportHere };
      const url = await deps.linkToExport(conversation);
      // No toast shows the address.
      if (!showsCards(conversation.channelId)) return { text: `${words.exportLink}\n\n${url}` };
      const download = { type: 'Action.OpenUrl', title: words.download, url };
      return { text: words.exportLink, lead: '', card: adaptiveCard([line(words.exportLink)], [download]) };
    },
  };
}
