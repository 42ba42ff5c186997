import { proofsOf } from '../../domain/identity/proofs.ts';
import type { PersonKey } from '../../domain/ids.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { World } from '../kind.ts';
import type { Hook, HookStore } from './hook.ts';
import { whoAsked } from './who-asked.ts';

type OfMember = NonNullable<NonNullable<KindHooks['personalData']>['ofMember']>;

/** What a place's hooks tell of who asked for their address. The hooks stay: they belong to everybody there. */
export function membersHooks(
  { addressees, vouching }: Pick<World, 'addressees' | 'vouching'>,
  hooks: Pick<HookStore, 'of' | 'find' | 'change'>,
): OfMember {
  return {
    async export(conversation, persons) {
      const asked = [];
      for (const { key: id, value } of await hooks.of(conversation)) {
        if ((await askedBy(value, persons)) === 'they') asked.push({ id, name: value.name });
      }
      return asked.length === 0 ? {} : { hooks: asked };
    },

    async forget(conversation, persons) {
      for (const { key } of await hooks.of(conversation)) {
        await untilWritten('change hook', async () => {
          const stored = await hooks.find(conversation, key);
          if (stored === undefined || (await askedBy(stored.record.value, persons)) === 'another')
            return undefined;
          const { shownTo: _who, ...value } = stored.record.value;
          const saved = await hooks.change({ ...stored.record, value }, stored.tag);
          return saved === 'saved' ? undefined : LOST;
        });
      }
    },

    // What comes by a hook says nothing of who asked for it.
    redact: (notification) => notification,
  };

  /** `nobody`: the addressee is not there any more, as when their own conversation was forgotten first. */
  async function askedBy(hook: Hook, persons: readonly PersonKey[]): Promise<'they' | 'another' | 'nobody'> {
    if (hook.shownTo === undefined) return 'another';
    const asked = await whoAsked({ addressees }, hook);
    if (asked?.record === undefined) return 'nobody';
    const proofs = proofsOf(asked.record.user, asked.record, vouching);
    return proofs.some(({ person }) => persons.includes(person)) ? 'they' : 'another';
  }
}
