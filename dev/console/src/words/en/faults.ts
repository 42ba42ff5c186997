import type { FaultValues } from '../../wire/problem.ts';

/** Said by the name of a rule or of a problem; what has no words here is said as the server does. */
type ByName = { readonly [name: string]: (values: FaultValues) => string };

const asTheServerSays: ByName = {};

export const faults = {
  rules: asTheServerSays,
  /** By the code of a problem. */
  problems: asTheServerSays,
  /** How fields are called that the page has. */
  field: {
    text: 'Text',
    card: 'Card',
    to: 'To',
    except: 'Except',
    'delivery.mode': 'In the middle of something',
    'delivery.at': 'When',
    'delivery.expiresAt': 'Not after',
    'delivery.key': 'Key',
    'delivery.urgent': 'Urgent',
  },
  entry: (number: string) => `Entry ${number}`,
};
