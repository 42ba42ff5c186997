import { describe, expect, it } from 'vitest';
import { faultsOfCard } from '../../../shared/catalog/safety.ts';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { readBody } from '../../../shared/kinds/hooks/body/read-body.ts';
import { rendered } from '../../../shared/kinds/hooks/card/render.ts';
import { recognise } from '../../../shared/kinds/hooks/formats/recognise.ts';
import { wordsFor } from '../../../shared/kinds/hooks/words/words.ts';
import { addressesOf, pairsOf, picturesOf, plain, readingOf } from './reading.ts';
import { bytesOf, type Recorded, recorded } from './recorded.ts';

const LOOKS = { critical: 'attention', warning: 'warning', good: 'good' } as const;

function shownOf(one: Recorded) {
  const { headers } = one.request;
  const read = readBody(bytesOf(one), headers['content-type']);
  if (read.kind !== 'read') return undefined;
  const { mapped, format } = recognise({ ...read, headers });
  return mapped === undefined ? undefined : { mapped, format, card: cardOf(mapped.message) };
}

function cardOf(message: Parameters<typeof rendered>[0]): JsonObject {
  const { card = {}, briefer } = rendered(message, wordsFor('en'));
  return briefer ?? card;
}

/** What is missing or wrong, for a person who reads it. */
function faultsOf(one: Recorded): readonly string[] {
  const { expect: wanted } = one;
  const shown = shownOf(one);
  if (wanted.shown === 'nothing')
    return shown === undefined || one.id.includes('validation') ? [] : ['shown'];
  if (shown === undefined) return wanted.shown === 'optional' ? [] : ['nothing shown'];
  const { card, mapped } = shown;
  const reading = readingOf(card);
  const faults: string[] = [];
  if (wanted.title && !reading.slice(0, 400).includes(plain(wanted.title)))
    faults.push(`title ${wanted.title}`);
  for (const text of wanted.texts ?? []) if (!reading.includes(plain(text))) faults.push(`text ${text}`);
  const pairs = pairsOf(card);
  for (const [name, value] of wanted.facts ?? []) {
    const isThere =
      name === null || value === ''
        ? reading.includes(plain(name ?? value))
        : pairs.some(([own, is]) => own === plain(name) && is.includes(plain(value))) ||
          reading.includes(plain(name) + plain(value));
    if (!isThere) faults.push(`fact ${name}: ${value}`);
  }
  const addresses = addressesOf(card);
  for (const [label, url] of wanted.links ?? []) {
    if (
      !addresses.some(
        (address) => decodeURI(address) === decodeURI(url) || address === url || `${url}/` === address,
      )
    )
      faults.push(`link ${url}`);
    if (label !== null && !reading.includes(plain(label))) faults.push(`label ${label}`);
  }
  if (wanted.state != null && mapped.message.state !== wanted.state)
    faults.push(`state ${wanted.state} is ${mapped.message.state}`);
  const look = wanted.severity == null ? undefined : LOOKS[wanted.severity];
  if (look !== undefined && !JSON.stringify(card).toLowerCase().includes(`"${look}"`))
    faults.push(`severity ${wanted.severity}`);
  const all = JSON.stringify(card);
  for (const secret of wanted.absent ?? []) if (all.includes(secret)) faults.push(`present ${secret}`);
  if (wanted.maxShown !== undefined && reading.length > wanted.maxShown)
    faults.push(`shows ${reading.length}`);
  if (/[{[]\s*\\?"\w+\\?"\s*:/.test(reading) || /<\/?(?:b|br|p|a|div|ul|li|h\d)[\s>]/.test(reading))
    faults.push('raw markup');
  if (all.length * 2 > 100 * 1024) faults.push('too large');
  faults.push(...faultsOfCard(card, 'card').map(({ path, message }) => `${path} ${message}`));
  return faults;
}

describe.skipIf(recorded.length === 0)('requests that were recorded of senders', () => {
  const results = recorded.map((one) => [one.id, faultsOf(one)] as const);

  it('keep every fact, link and state, 95 of 100 at least', () => {
    const faulty = results.filter(([, faults]) => faults.length > 0);
    expect(recorded.length).toBeGreaterThan(50);
    expect(Object.fromEntries(faulty)).toEqual({});
  });

  it('show most of their pictures', () => {
    const wanted = recorded.flatMap((one) => (one.expect.images ?? []).map((url) => [one, url] as const));
    const missing = wanted.filter(([one, url]) => !picturesOf(shownOf(one)?.card).includes(url));
    expect(missing.map(([one, url]) => `${one.id} ${url}`)).toEqual([]);
  });

  it('have the same key when they are about the same thing, and no other', () => {
    const keys = recorded.map(
      (one) => [one.expect.key ?? undefined, shownOf(one)?.mapped.key, one.id] as const,
    );
    const groups = Map.groupBy(
      keys.filter(([wanted]) => wanted !== undefined),
      ([wanted]) => wanted,
    );
    for (const group of groups.values()) {
      expect(new Set(group.map(([, key]) => key)).size, group[0]?.[2]).toBe(1);
      expect(group[0]?.[1], group[0]?.[2]).toBeDefined();
    }
  });
});

if (recorded.length === 0) {
  it('NO recorded requests were found beside the checkout or by NOTIFIER_PAYLOADS: only those of test/kinds/hooks/cases ran', () => {
    process.stderr.write('WARNING: no recorded web hook payloads; NOTIFIER_PAYLOADS names their folder\n');
    expect(recorded).toEqual([]);
  });
}
