import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conversationKey,
  isConversationKey,
  notificationId,
  personKey,
  tenantKey,
  uncreatedConversationKey,
} from '../../shared/domain/ids.ts';

describe('keys', () => {
  it('fit every table key and message id, whatever the channel calls its conversations', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 900 }),
        fc.string({ unit: 'binary' }),
        (channel, id) => {
          expect(isConversationKey(conversationKey(channel, id))).toBe(true);
        },
      ),
    );
  });

  it('differ when any part differs, also where the parts run together', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        fc.pre(a !== c || b !== d);
        expect(conversationKey(a, b)).not.toBe(conversationKey(c, d));
      }),
    );
    expect(conversationKey('a', 'bc')).not.toBe(conversationKey('ab', 'c'));
  });

  it('a conversation that is yet to be created never has the key of one that exists', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (channel, id) => {
        expect(uncreatedConversationKey(channel, id)).not.toBe(conversationKey(channel, id));
      }),
    );
  });

  it('a notification is named by base64url(sha256(source + LF + id)), so that a service can compute it', () => {
    expect(notificationId('urn:prices', '1')).toBe('B3dfB_a48SJgKTguBi55u6xpHWd9thNBLaiKSBp049Q');
  });

  it('people in one tenant share its rate, people without a tenant that of their channel', () => {
    expect(tenantKey({ tenantId: 't', channelId: 'a' })).toBe(tenantKey({ tenantId: 't', channelId: 'b' }));
    expect(tenantKey({ channelId: 'a' })).toBe(tenantKey({ tenantId: '', channelId: 'a' }));
    expect(tenantKey({ channelId: 't' })).not.toBe(tenantKey({ tenantId: 't', channelId: 't' }));
    expect(personKey('t')).not.toBe(tenantKey({ tenantId: 't', channelId: 't' }));
  });
});
