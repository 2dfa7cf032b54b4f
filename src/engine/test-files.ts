const testFile =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$/;

/**
 * Whether a file holds tests, going by its path: what it sends to the code under test is no evidence of what that
 * sends in use.
 */
export function isTestFile(path: string): boolean {
  return testFile.test(path);
}
