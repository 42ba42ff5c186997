import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { infraFile } from './bicep-text.ts';
import { type GoldenLine, goldenLines } from './golden-lines.ts';
import { documentedEvents, eventsIn, writtenEvents } from './written-events.ts';

const written = writtenEvents();
const documented = documentedEvents();
let golden: readonly GoldenLine[];

beforeAll(async () => {
  golden = await goldenLines();
});

describe('docs/telemetry.md', () => {
  it('names every event that the code writes, with its level', () => {
    expect(written.length).toBeGreaterThan(20);
    const missing = written
      .filter(({ event, level }) => !documented.get(event)?.level.split(' or ').includes(level))
      .map(({ event, level, file }) => `${event} (${level}) in ${file}`);
    expect(missing).toEqual([]);
  });

  it('names no event that nobody writes', () => {
    const events = new Set(written.map(({ event }) => event));
    expect([...documented.keys()].filter((event) => !events.has(event))).toEqual([]);
  });

  it('names every field that is written, in the code and in lines of a run', () => {
    const fields = [
      ...written.flatMap(({ event, fields: keys }) => keys.map((field) => ({ event, field }))),
      ...golden.flatMap(({ event, fields: line }) => Object.keys(line).map((field) => ({ event, field }))),
    ];
    const missing = fields.filter(({ event, field }) => !documented.get(event)?.fields.includes(field));
    expect([...new Set(missing.map(({ event, field }) => `${event}: ${field}`))]).toEqual([]);
  });

  it('is held against every way to write a line', () => {
    const source = "this.#log.error(\n'a.b', {\n  ...more,\n  x,\n  y: f({ z: 1 }, 2),\n}); log.info('c');";
    expect(eventsIn(source, 'x.ts').map(({ event, fields }) => [event, fields])).toEqual([
      ['a.b', ['x', 'y']],
      ['c', []],
    ]);
  });
});

describe('a line that is written', () => {
  it('has none of its fields redacted: the name of such a field is a mistake', () => {
    const redacted = golden.filter(({ fields }) => Object.values(fields).includes('[redacted]'));
    expect(redacted).toEqual([]);
  });
});

const queryFiles = readdirSync('infra/queries');

/** What a query reads of log lines: the events that it names, and fields of `line`. */
function readBy(file: string) {
  const text = infraFile(`queries/${file}`).replace(/^\s*\/\/.*$/gm, '');
  const lists = [...text.matchAll(/\bevent\)?\s*(?:==\s*'([^']+)'|in\s*\(([^)]*)\))/g)];
  const events = lists.flatMap(([, one, several]) =>
    one !== undefined ? [one] : [...(several ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name ?? ''),
  );
  const fields = [...text.matchAll(/\bline\.(\w+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'event');
  return { text, events: [...new Set(events)], fields: [...new Set(fields)] };
}

describe('a query of the alerts and the workbook', () => {
  it.each(queryFiles)(
    '%s reads only events that a run wrote, and fields that were in their lines',
    (file) => {
      const { text, events, fields } = readBy(file);
      if (!text.includes('AppTraces')) return expect(fields).toEqual([]);
      const lines = events.length === 0 ? golden : golden.filter(({ event }) => events.includes(event));
      expect(events.filter((event) => !lines.some((line) => line.event === event))).toEqual([]);
      expect(fields.filter((field) => !lines.some((line) => field in line.fields))).toEqual([]);
      // Only our own lines are JSON of this shape.
      expect(text).toContain(`Message startswith '{"v":1,'`);
    },
  );

  it.each(queryFiles.filter((file) => infraFile(`queries/${file}`).includes('AppRequests')))(
    '%s counts each record of a run for all that it stands for: the host samples them',
    (file) => {
      const { text } = readBy(file);
      expect(text.match(/\b(count|countif|percentile|avg|dcount)\(/g)).toBeNull();
      expect(file === 'trace.kql' || text.includes('ItemCount')).toBe(true);
    },
  );

  it.each(queryFiles.filter((file) => file !== 'trace.kql'))('%s is used', (file) => {
    const templates = ['alerts', 'workbook'].map((name) => infraFile(`modules/${name}.bicep`)).join('\n');
    expect(templates).toContain(`loadTextContent('../queries/${file}')`);
  });

  it('of the bot service counts what channels ask of the app, and not what the app asks of them', () => {
    const lines = infraFile('queries/bot-requests-failing.kql').split('\n');
    const counted = lines.findIndex((line) => line.startsWith('| summarize'));
    expect(lines.slice(0, counted)).toContain("| where OperationName contains 'ChannelToBot'");
  });

  it('follows one trace by what every line of a delivery has; docs/telemetry.md has it whole', () => {
    const { fields } = readBy('trace.kql');
    expect(fields).toEqual(['traceparent']);
    const ofDeliveries = golden.filter(({ event }) => /^(event\.accepted|delivery\.)/.test(event));
    expect(ofDeliveries.length).toBeGreaterThan(4);
    expect(ofDeliveries.filter((line) => !/^00-[0-9a-f]{32}-/.test(String(line.fields.traceparent)))).toEqual(
      [],
    );
    expect(readFileSync('docs/telemetry.md', 'utf8')).toContain(infraFile('queries/trace.kql').trim());
  });

  it('asks for outcomes that deliveries have', () => {
    const known = readFileSync('shared/domain/delivery/delivery.ts', 'utf8');
    const outcomes = queryFiles.flatMap((file) =>
      [
        ...readBy(file).text.matchAll(/\b(?:outcome\)?|reason) (?:!?in \(([^)]*)\)|[!=]= ('[^']+'))/g),
      ].flatMap(([, several, one]) => (several ?? one ?? '').split(',').map((text) => text.trim())),
    );
    expect(outcomes.length).toBeGreaterThan(4);
    expect(outcomes.filter((outcome) => !known.includes(outcome))).toEqual([]);
  });
});

describe('host.json', () => {
  it('lets through what each function says itself, and leaves out what the host says about each run', () => {
    const names = [...readFileSync('functions/main.ts', 'utf8').matchAll(/^\s*app\.\w+\('(\w+)'/gm)].map(
      ([, name]) => name,
    );
    const { logging } = JSON.parse(readFileSync('host.json', 'utf8')) as {
      logging: {
        logLevel: { [category: string]: string };
        applicationInsights: { httpAutoCollectionOptions?: object };
      };
    };
    expect(names.length).toBeGreaterThan(7);
    expect(logging.logLevel.Function).toBe('Warning');
    // What nobody reads is not paid for: the host's own chatter, and a line for each call of the Azure SDKs.
    expect([logging.logLevel.default, logging.logLevel.Azure]).toEqual(['Warning', 'Warning']);
    expect(names.filter((name) => logging.logLevel[`Function.${name}.User`] !== 'Information')).toEqual([]);
    // The addresses of web hooks and of exports are secrets: the host leaves method, path and response out of its requests.
    expect(logging.applicationInsights.httpAutoCollectionOptions).toEqual({
      enableHttpTriggerExtendedInfoCollection: false,
    });
  });
});
