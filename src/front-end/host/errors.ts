/**
 * A failure of ours, told to the user who typed the command. The real Wasp's exit code is never one of these:
 * by then this program has become the real Wasp.
 */
export class FrontEndError extends Error {
  readonly exitCode: number;

  /**
   * @param message what went wrong, naming the input, and the way out
   * @param exitCode as a shell would: 127 not found, 126 found but not executable, 1 otherwise
   */
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'FrontEndError';
    this.exitCode = exitCode;
  }
}

/** Is it one of ours? By name: the executable's parts have a copy of the class each. */
export function isFrontEndError(error: unknown): error is FrontEndError {
  return error instanceof Error && error.name === 'FrontEndError';
}
