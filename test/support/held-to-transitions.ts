import { type DeliveryRow, formatDeliveryId } from '../../shared/domain/delivery/delivery.ts';
import { mayFollow, type State } from '../../shared/domain/delivery/states.ts';
import type { Ledger } from '../../shared/ports/delivery/ledger.ts';

export type Transition = `${State | 'absent'} -> ${State}`;

/**
 * The ledger, of whatever store, by which every change of a delivery's row is one of those that there are. What was
 * written before is known by the tag under which it was read or written here.
 */
export function heldToTransitions(
  ledger: Ledger,
  onTransition: (transition: Transition) => void = () => undefined,
): Ledger {
  const states = new Map<string, Pick<DeliveryRow, 'state' | 'version'>>();
  const nameOf = ({ id, etag }: DeliveryRow) => `${formatDeliveryId(id)} ${etag}`;

  function read<Row extends DeliveryRow | undefined>(row: Row): Row {
    if (row?.etag !== undefined) states.set(nameOf(row), { state: row.state, version: row.version });
    return row;
  }

  function written(row: DeliveryRow): void {
    const before = row.etag === undefined ? undefined : states.get(nameOf(row));
    // Read by somebody else.
    if (row.etag !== undefined && before === undefined) return;
    onTransition(`${before?.state ?? 'absent'} -> ${row.state}`);
    if (mayFollow(before, row)) return;
    const was = before === undefined ? 'absent' : `${before.state} of version ${before.version}`;
    throw new Error(
      `a delivery that is ${was} may not become ${row.state} of version ${row.version}: see domain/delivery/states.ts`,
    );
  }

  async function write(
    row: DeliveryRow,
    result: Promise<DeliveryRow | 'lost'>,
  ): Promise<DeliveryRow | 'lost'> {
    const stored = await result;
    if (stored === 'lost') return stored;
    written(row);
    return read(stored);
  }

  const held: Partial<Ledger> = {
    findDelivery: async (id) => read(await ledger.findDelivery(id)),
    deferredDeliveries: async (conversation) => (await ledger.deferredDeliveries(conversation)).map(read),
    claimDelivery: (row, ...beside) => write(row, ledger.claimDelivery(row, ...beside)),
    changeDelivery: (row) => write(row, ledger.changeDelivery(row)),
    deferDelivery: (row) => write(row, ledger.deferDelivery(row)),
    async joinDigest(digest, members, lastTag) {
      const joined = await ledger.joinDigest(digest, members, lastTag);
      if (joined === 'joined') for (const row of [digest, ...members]) written(row);
      return joined;
    },
  };
  return new Proxy(ledger, {
    // What a test puts in a method's place.
    set: (_target, property, value) => Reflect.set(held, property, value),
    get(target, property) {
      const own: unknown = Reflect.get(held, property);
      if (own !== undefined) return own;
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
