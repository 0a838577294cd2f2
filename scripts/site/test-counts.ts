export type Counts = { passed: number; failed: number; skipped: number };

/** The parts of Vitest's JSON report that are counted. */
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/**
 * The tests of one Vitest run. A file that could not be loaded, and a run that ended badly though no test
 * failed (an error outside the tests, a crash before the report), count as one failure each.
 *
 * @param report Vitest's JSON report, empty when there is none
 * @param exitCode of the Vitest process
 */
export function countTests(report: string, exitCode: number): Counts {
  if (report === '') return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(report) as Report;
  const unloaded = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = results.numFailedTests + unloaded;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** As `12 passed, 0 failed`, with `, 3 skipped` where any were. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
