/** Tasks that take a processor and memory which receiving needs too: one at a time, and not any number of them. */

/** What `most` waiting tasks leave no room for; the message is a sentence for the reader. */
class TooManyError extends Error {
  override name = 'TooManyError';
}

/**
 * Runs each task after those that came before it. While `most` are running or waiting, one more is rejected with
 * {@link TooManyError}.
 */
export function inTurn(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (task) => {
    if (waiting >= most) {
      return Promise.reject(new TooManyError('Too much is being calculated already. Try again in a minute.'));
    }
    waiting += 1;
    const result = last.then(task).finally(() => {
      waiting -= 1;
    });
    last = result.catch(() => {});
    return result;
  };
}
