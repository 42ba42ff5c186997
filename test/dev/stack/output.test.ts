import { describe, expect, it } from 'vitest';
import { shownFault, shownLine } from '../../../dev/stack/output.ts';
import { PartDidNotStart } from '../../../dev/stack/part.ts';
import { welcome } from '../../../dev/stack/welcome.ts';

const line = (
  part: 'tables' | 'functions' | 'broker',
  text: string,
  stream: 'stdout' | 'stderr' = 'stdout',
) => ({
  part,
  stream,
  line: text,
});

describe('what is shown of the parts', () => {
  it("is the app's log, complaints and errors, each with its part's name", () => {
    expect(shownLine(line('functions', 'delivered'), false)).toBe('functions | delivered');
    expect(shownLine(line('broker', 'journal is full', 'stderr'), false)).toBe('broker    | journal is full');
    expect(shownLine(line('broker', '{"level":"warn","text":"slow"}'), false)).toContain('slow');
  });

  it('is not what is only of interest to who asks for everything', () => {
    expect(shownLine(line('tables', 'starting'), false)).toBeUndefined();
    expect(shownLine(line('broker', '{"level":"info"}'), false)).toBeUndefined();
    expect(shownLine(line('tables', 'starting'), true)).toBe('tables    | starting');
    expect(shownLine(line('functions', '  '), true)).toBeUndefined();
  });
});

describe('why a part did not start', () => {
  const said = [line('tables', 'starting'), line('tables', 'the disk is full', 'stderr')];

  it('is said without its lines where they stand above, and with those that do not', () => {
    const app = new PartDidNotStart('functions host did not start (exit status 1)', [
      line('functions', 'NOTIFIER_BURST: is "x"', 'stderr'),
    ]);
    expect(shownFault(app, false)).toBe('functions host did not start (exit status 1)');
    const tables = new PartDidNotStart('tables did not start (exit status 1)', said);
    expect(shownFault(tables, false)).toBe(
      'tables did not start (exit status 1); its last lines:\n    starting',
    );
    expect(shownFault(tables, true)).toBe('tables did not start (exit status 1)');
  });

  it('says where there are none', () => {
    expect(shownFault(new PartDidNotStart('it did not start', []), false)).toBe(
      'it did not start; it printed nothing',
    );
  });
});

describe('the welcome', () => {
  const addresses = {
    functions: 'http://127.0.0.1:1',
    botEndpoint: 'http://127.0.0.1:1/api/messages',
    serviceBus: 'Endpoint=sb://localhost:2;',
    tables: 'TableEndpoint=http://127.0.0.1:3/devstoreaccount1;',
    tableEndpoint: 'http://127.0.0.1:3/devstoreaccount1',
  };
  const details = { queues: ['events', 'jobs'], dataDir: '/data', usualDataDir: '/data', overridden: [] };

  it('names the chat page only where there is one', () => {
    expect(welcome(addresses, details)).not.toContain('Chat page');
    expect(welcome({ ...addresses, channel: 'http://127.0.0.1:4' }, details)).toMatch(
      /Chat page +http:\/\/127\.0\.0\.1:4\//,
    );
  });

  it('names the stack in what to try next, unless the command line finds it by itself', () => {
    const tried = (folder: string) =>
      /Try next +(.*)/.exec(welcome(addresses, { ...details, dataDir: folder }))?.[1];
    expect(tried('/data')).toBe('npm run notifier -- publish --to-everyone --text "hello"');
    expect(tried('/other')).toBe('npm run notifier -- publish --to-everyone --text "hello" --stack /other');
    expect(tried('/my $data')).toMatch(/ --stack "\/my \\\$data"$/);
  });

  it('says which address the app takes from the environment instead', () => {
    const text = welcome(addresses, { ...details, overridden: ['ServiceBusConnection'] });
    expect(text).toContain(
      "ServiceBusConnection is set in the environment: the app uses that, not this stack's.",
    );
  });
});
