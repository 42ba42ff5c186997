// Plain JavaScript, for dev/test.mjs.
import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts of a run, from vitest's JSON report at `path` and its exit status.
 *
 * A file that could not be loaded and a failed hook count as one failure each, although no test failed by name;
 * so does whatever else made vitest fail. `notes` says so in words.
 */
export function countTests(path, status) {
  if (!existsSync(path)) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      notes: ['The test runner wrote no report; its reason is printed above.'],
    };
  }
  const report = readReport(path);
  const states = report.testResults.flatMap((file) => file.assertionResults.map((test) => test.status));
  const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const counts = {
    passed: count('passed'),
    failed: count('failed') + broken.length,
    skipped: count('skipped', 'pending', 'todo', 'disabled'),
    notes:
      broken.length > 0
        ? [`${broken.length} of the failures: files that did not load or did not end well.`]
        : [],
  };
  if (status !== 0 && counts.failed === 0) {
    counts.failed = 1;
    counts.notes.push('No test failed by name, yet the test runner did; its reason is printed above.');
  }
  return counts;
}

/** Of several runs together. */
export function sumOf(runs) {
  const sum = (name) => runs.reduce((total, counts) => total + counts[name], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    notes: runs.flatMap(({ notes }) => notes),
  };
}

/** What vitest wrote; of a run that wrote nothing, a report without files. */
export function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { testResults: [] };
}

/** `12 passed, 0 failed`, with the skipped ones when there are any. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
