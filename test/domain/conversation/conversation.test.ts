import { describe, expect, it } from 'vitest';
import { afterSeeing } from '../../../shared/domain/conversation/conversation.ts';

const seen = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversationId: 'a:1',
  conversationType: 'personal',
  tenantId: 'contoso',
  bot: { id: '28:bot', name: 'Notifier' },
  user: { id: '29:ana', name: 'Ana', aadObjectId: 'ana-oid' },
  locale: 'de-DE',
} as const;

describe('what is remembered of a conversation', () => {
  it('is the very same object when an activity tells nothing new, so that nothing is written', () => {
    const known = afterSeeing(undefined, seen, { at: 1 });
    expect(afterSeeing(known, { ...seen }, { at: 2 })).toBe(known);
  });

  it('keeps what a later activity does not tell', () => {
    const known = afterSeeing(undefined, seen, { at: 1 });
    const { locale: _locale, ...less } = seen;
    expect(afterSeeing(known, { ...less, user: { id: '29:ana' } }, { at: 2 })).toBe(known);
  });

  it('takes over a new service URL and says when it changed', () => {
    const known = afterSeeing(undefined, seen, { at: 1 });
    const moved = afterSeeing(
      known,
      { ...seen, serviceUrl: 'https://smba.trafficmanager.net/amer/' },
      { at: 2 },
    );
    expect(moved).toMatchObject({
      serviceUrl: 'https://smba.trafficmanager.net/amer/',
      capturedAt: 1,
      changedAt: 2,
    });
  });

  it('is marked by an uninstall and revived by the next message', () => {
    const known = afterSeeing(undefined, seen, { at: 1 });
    const gone = afterSeeing(known, seen, { at: 2, suppressed: 'uninstalled' });
    expect(gone.suppressed).toBe('uninstalled');
    expect(afterSeeing(gone, seen, { at: 3 }).suppressed).toBeUndefined();
  });

  it('does not change with every other speaker of a group', () => {
    const group = { ...seen, conversationType: 'groupChat' } as const;
    const known = afterSeeing(undefined, group, { at: 1 });
    expect(afterSeeing(known, { ...group, user: { id: '29:ben', name: 'Ben' } }, { at: 2 })).toBe(known);
  });
});
