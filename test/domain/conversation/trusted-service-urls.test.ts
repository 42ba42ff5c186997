import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrustedServiceUrls } from '../../../shared/domain/conversation/trusted-service-urls.ts';
import { describeFaults } from '../../../shared/domain/fault.ts';

function trusting(text: string | undefined, options = { loopback: false }): TrustedServiceUrls {
  const result = TrustedServiceUrls.parse(text, options);
  if (!result.ok) throw new Error(describeFaults(result.faults));
  return result.value;
}

function faultsOf(text: string): string {
  const result = TrustedServiceUrls.parse(text, { loopback: false });
  return result.ok ? '' : describeFaults(result.faults);
}

describe('the hosts trusted by default', () => {
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/amer/3f8c1d5e-0000-4000-8000-000000000001/',
    'https://smba.trafficmanager.net',
    'https://SMBA.TrafficManager.net:443/teams/',
    'https://webchat.botframework.com/',
    'https://europe.directline.botframework.com/',
  ])('trusts %s', (url) => {
    expect(trusting(undefined).trusts(url)).toBe(true);
    expect(trusting('  ').trusts(url)).toBe(true);
  });

  it.each([
    ['user info in front of another host', 'https://smba.trafficmanager.net@evil.example/'],
    ['user info with a password', 'https://smba.trafficmanager.net:pass@evil.example/'],
    ['user info in front of the trusted host', 'https://evil.example@smba.trafficmanager.net/'],
    ['a trusted name as a prefix', 'https://smba.trafficmanager.net.evil.example/'],
    ['a trusted name as a suffix', 'https://evilsmba.trafficmanager.net/'],
    ['a neighbour that anybody can register', 'https://evil.trafficmanager.net/'],
    ['a name below the Teams host', 'https://evil.smba.trafficmanager.net/'],
    ['a domain that ends alike', 'https://evilbotframework.com/'],
    ['the bare domain of a wildcard', 'https://botframework.com/'],
    ['a trusted name in the path', 'https://evil.example/smba.trafficmanager.net/'],
    ['a trusted name in the query', 'https://evil.example?https://smba.trafficmanager.net/'],
    ['a query', 'https://smba.trafficmanager.net/?x='],
    ['a fragment', 'https://smba.trafficmanager.net/#'],
    ['http', 'http://smba.trafficmanager.net/'],
    ['another port', 'https://smba.trafficmanager.net:8443/'],
    ["http's port", 'https://smba.trafficmanager.net:80/'],
    ['an empty port', 'https://smba.trafficmanager.net:/'],
    ['a port with leading zeros', 'https://smba.trafficmanager.net:0443/'],
    ['a full stop at the end', 'https://smba.trafficmanager.net./'],
    ['an empty label', 'https://..botframework.com/'],
    ['an empty label further left', 'https://a..botframework.com/'],
    ['a Cyrillic letter', 'https://smbа.trafficmanager.net/'],
    ['the punycode of a look-alike', 'https://xn--smb-8cd.trafficmanager.net/'],
    ['an ideographic full stop', 'https://smba。trafficmanager.net/'],
    ['full-width letters', 'https://ｓmba.trafficmanager.net/'],
    ['a percent-encoded letter', 'https://%73mba.trafficmanager.net/'],
    ['a soft hyphen', 'https://smba\u00ad.trafficmanager.net/'],
    ['backslashes', 'https:\\\\smba.trafficmanager.net\\'],
    ['a backslash before the at sign', 'https://evil.example\\@smba.trafficmanager.net/'],
    ['one slash', 'https:/smba.trafficmanager.net/'],
    ['three slashes', 'https:///smba.trafficmanager.net/'],
    ['no scheme', 'smba.trafficmanager.net/'],
    ['no scheme but slashes', '//smba.trafficmanager.net/'],
    ['another scheme', 'wss://smba.trafficmanager.net/'],
    ['a named pipe', 'urn:botframework:namedpipe:bot'],
    ['a leading space', ' https://smba.trafficmanager.net/'],
    ['a line feed within the host', 'https://smba.traffic\nmanager.net/'],
    ['a tab before another host', 'https://smba.trafficmanager.net\t.evil.example/'],
    ['a NUL', 'https://smba.trafficmanager.net\0/'],
    ['a lone surrogate', 'https://smba.trafficmanager.net/\ud800'],
    ['a line feed at the end', 'https://smba.trafficmanager.net/\n'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback by name', 'http://localhost:56150/'],
    ['the metadata service', 'http://169.254.169.254/'],
    ['nothing', ''],
  ])('refuses %s', (_what, url) => {
    expect(trusting(undefined).trusts(url)).toBe(false);
  });
});

describe('loopback, for the local stack', () => {
  const local = trusting(undefined, { loopback: true });

  it.each([
    'http://localhost:56150/',
    'http://127.0.0.1:3978',
    'https://localhost/',
    'http://[::1]:8080/',
    'http://127.0.0.1:80/',
  ])('trusts %s', (url) => {
    expect(local.trusts(url)).toBe(true);
  });

  it('keeps the default hosts beside it', () => {
    expect(local.trusts('https://smba.trafficmanager.net/emea/')).toBe(true);
    expect(local.trusts('http://smba.trafficmanager.net/emea/')).toBe(false);
  });

  it.each([
    ['hexadecimal', 'http://0x7f.1/'],
    ['one number', 'http://2130706433/'],
    ['octal', 'http://0177.0.0.1/'],
    ['shortened', 'http://127.1/'],
    ['an IPv4 address within an IPv6 one', 'http://[::ffff:127.0.0.1]/'],
    ['IPv6 in full', 'http://[0:0:0:0:0:0:0:1]/'],
    ['a name below localhost', 'http://evil.localhost/'],
    ['localhost with a full stop', 'http://localhost./'],
    ['a domain that begins alike', 'http://localhost.evil.example/'],
    ['an address that begins alike', 'http://127.0.0.1.evil.example/'],
    ['any address', 'http://0.0.0.0/'],
  ])('refuses %s', (_what, url) => {
    expect(local.trusts(url)).toBe(false);
  });
});

describe('a list of one’s own', () => {
  it('replaces the default hosts', () => {
    const own = trusting('smba.infra.gcc.teams.microsoft.com');
    expect(own.trusts('https://smba.infra.gcc.teams.microsoft.com/teams')).toBe(true);
    expect(own.trusts('https://smba.trafficmanager.net/emea/')).toBe(false);
  });

  it('takes a port to mean https on that port and no other', () => {
    const own = trusting('connector.example:8443');
    expect(own.trusts('https://connector.example:8443/')).toBe(true);
    expect(own.trusts('https://connector.example/')).toBe(false);
    expect(own.trusts('http://connector.example:8443/')).toBe(false);
  });

  it('ignores case and the spaces around entries', () => {
    expect(trusting(' A.example ,\tb.example').trusts('https://a.EXAMPLE/')).toBe(true);
    expect(trusting(' A.example ,\tb.example').trusts('https://b.example/')).toBe(true);
  });

  it.each([
    ['a.example,,b.example', 'empty entry'],
    ['https://smba.trafficmanager.net', 'write the host alone'],
    ['*.com', 'at least two names'],
    ['*.0.0.1', 'not a host'],
    ['*', 'not a host'],
    ['a.*.example', 'not a host'],
    ['*.trafficmanager.net', 'anybody can register'],
    ['smba.trafficmanager.net.', 'not a host'],
    ['user@a.example', 'not a host'],
    ['a.example/path', 'not a host'],
    ['a.example:99999', 'not a host'],
    ['bücher.example', 'not a host'],
    ['a b.example', 'not a host'],
  ])('refuses the list %s, naming entry, rule and remedy', (text, rule) => {
    expect(faultsOf(text)).toContain(rule);
  });

  it('names every bad entry', () => {
    expect(faultsOf('*.com, https://a.example')).toMatch(/"\*\.com".*"https:\/\/a\.example"/);
  });
});

it('trusts nothing when told to', () => {
  expect(TrustedServiceUrls.none.trusts('https://smba.trafficmanager.net/')).toBe(false);
});

describe('for any text', () => {
  const pieces = fc.constantFrom(
    'https://',
    'http://',
    'smba.trafficmanager.net',
    'botframework.com',
    'webchat.botframework.com',
    'evil.example',
    'localhost',
    '127.0.0.1',
    '@',
    ':',
    '\\',
    '/',
    '.',
    '%2e',
    '?',
    '#',
    '443',
    '8443',
    '\t',
    '。',
    'а',
  );
  const urls = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary' }),
  );

  it('what is trusted leads a URL parser to a trusted host by https, without user info', () => {
    const trusted = trusting(undefined);
    fc.assert(
      fc.property(urls, (text) => {
        if (!trusted.trusts(text)) return;
        const url = new URL(text);
        expect(url.protocol).toBe('https:');
        expect(url.port).toBe('');
        expect(url.username + url.password).toBe('');
        expect(url.hostname).toMatch(/^smba\.trafficmanager\.net$|^([a-z0-9-]+\.)+botframework\.com$/);
      }),
      { numRuns: 5000 },
    );
  });

  it('a list is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const result = TrustedServiceUrls.parse(text, { loopback: false });
        if (!result.ok) expect(result.faults.length).toBeGreaterThan(0);
      }),
    );
  });
});
