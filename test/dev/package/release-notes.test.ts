import { describe, expect, it } from 'vitest';
import { ReleaseRefused, releaseNotes } from '../../../dev/package/release-notes.ts';

const changelog =
  '# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2027-02-01\n\n### Added\n- More.\n\n## 1.0.0 - 2026-12-01\n\n- All.\n';

describe('the notes of a release', () => {
  it('are what the changelog says of its version, and nothing of another', () => {
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('### Added\n- More.\n');
    expect(releaseNotes('v1.0.0', '1.0.0', changelog)).toBe('- All.\n');
  });

  it.each([
    [
      'the tag names another version than package.json',
      'v1.1.0',
      '1.0.0',
      /package\.json has the version 1\.0\.0/,
    ],
    ['the changelog says nothing of it', 'v1.0', '1.0', /no section "## 1\.0 - <date>"/],
    ['there is no tag', '', '1.0.0', /the tag is /],
  ])('are refused when %s', (_fault, tag, version, message) => {
    const notes = () => releaseNotes(tag, version, changelog);
    expect(notes).toThrow(message);
    expect(notes).toThrow(ReleaseRefused);
  });
});
