import { type CatalogEntry, fieldsOf } from '../../catalog/entry.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import type { Fault } from '../../domain/fault.ts';
import { didYouMean } from '../../domain/nearest-name.ts';

/** So many are told one by one; an event that has more has another kind in mind. */
const MOST_TOLD = 10;

/** What may stand in logs and answers: a name that a program uses, and no text of somebody's. */
const NAME = /^[A-Za-z_$][\w$-]{0,39}$/;

/** Fields of `data` that the kind does not know. They are accepted and do nothing, which is worth a word. */
export function unknownFields(entry: Pick<CatalogEntry, 'schema'>, data: JsonObject): readonly string[] {
  const known = fieldsOf(entry);
  return Object.keys(data).filter((name) => !known.includes(name));
}

/** Those names among them that can be told: like identifiers, and not many. */
export function tellable(names: readonly string[]): readonly string[] {
  return names.filter((name) => NAME.test(name)).slice(0, MOST_TOLD);
}

/** What whoever published an event is told of them. */
export function warningsOf(
  { type, schema }: Pick<CatalogEntry, 'type' | 'schema'>,
  names: readonly string[],
): readonly Fault[] {
  const told = tellable(names);
  const known = fieldsOf({ schema });
  const rest = names.length - told.length;
  return [
    ...told.map((name) => ({
      path: `data.${name}`,
      message: `is no field of ${type} and is ignored; known are ${known.join(', ')}${didYouMean(name, known)}`,
    })),
    ...(rest === 0
      ? []
      : [
          {
            path: 'data',
            message: `${rest} ${told.length === 0 ? '' : 'more '}fields are unknown and ignored`,
          },
        ]),
  ];
}
