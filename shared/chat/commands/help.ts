import type { Command, CommandName } from './command.ts';

/** `help`: lists every command there is. */
export function help(commands: () => readonly CommandName[]): Command {
  return {
    name: 'help',
    usage: 'help',
    summary: 'Shows what I understand',
    async run() {
      const lines = commands().map(({ usage, summary }) => `- **${escaped(usage)}**: ${summary}`);
      return {
        text: ['I tell you when something happens. This is what I understand:', '', ...lines].join('\n'),
        suggestions: ['topics', 'subscriptions', 'status'],
      };
    },
  };
}

/** `<topic>` would be taken for an HTML tag by Markdown. */
function escaped(usage: string): string {
  return usage.replaceAll('<', '\\<').replaceAll('>', '\\>');
}
