import type { Command } from '../../../chat/commands/command.ts';
import { createWebhook } from './create.ts';
import type { HookDesk } from './desk.ts';
import { deleteWebhook, rotateWebhook, showAddress, webhook, webhooks } from './manage.ts';

/** Everything that people can say about web hooks. */
export function hookCommands(desk: HookDesk): readonly Command[] {
  return [
    createWebhook(desk),
    webhooks(desk),
    rotateWebhook(desk),
    deleteWebhook(desk),
    showAddress(desk),
    webhook(desk),
  ];
}
