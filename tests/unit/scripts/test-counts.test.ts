import { expect, test } from 'vitest';
import { countTests, summaryLine } from '../../../scripts/site/test-counts.ts';

type Status = 'passed' | 'failed' | 'pending';

/** A report with the fields of Vitest's JSON reporter, a list of test results for each file. */
function report(files: Status[][], unloaded = 0): string {
  const all = files.flat();
  const count = (status: Status) => all.filter((one) => one === status).length;
  return JSON.stringify({
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: 0,
    testResults: [
      ...files.map((tests) => ({
        status: tests.includes('failed') ? 'failed' : 'passed',
        assertionResults: tests.map((status) => ({ status })),
      })),
      ...Array.from({ length: unloaded }, () => ({ status: 'failed', assertionResults: [] })),
    ],
  });
}

test('passed, failed and skipped tests are counted over all files', () => {
  const files: Status[][] = [
    ['passed', 'passed', 'pending'],
    ['failed', 'passed'],
    ['failed', 'failed'],
  ];
  expect(countTests(report(files), 1)).toEqual({ passed: 3, failed: 3, skipped: 1 });
});

test('a file that could not be loaded is one failure', () => {
  expect(countTests(report([['passed']], 2), 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test('a run that ended badly without a failed test is one failure', () => {
  expect(countTests(report([['passed']]), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a run that left no report is one failure', () => {
  expect(countTests('', 134)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the summary names skipped tests only where there are any', () => {
  expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(summaryLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});
