import { NOTICE, noticeFor } from '../../../src/front-end/telemetry/notice.ts';

test.each([undefined, 200, 80, 78])('the notice is as it is for %p columns', async (columns) => {
  expect(await noticeFor(columns)).toBe(NOTICE);
});

test('in a narrow terminal it is broken between words, and its commands stay whole', async () => {
  expect(await noticeFor(40)).toBe(`Wasp counts how often it is used, to
know what to work on: anonymously, and
at most two reports per project in 12
hours. This command sends nothing.
  See what would be sent:
    wasp telemetry show
  Turn it off:
    wasp telemetry disable
    (or set DO_NOT_TRACK=1)
`);
});

test.each([77, 60, 40, 20, 10, 1])(
  'no line is wider than %p columns, unless it is one word',
  async (columns) => {
    const notice = await noticeFor(columns);
    expect(notice.split(/\s+/)).toEqual(NOTICE.split(/\s+/));
    for (const line of notice.split('\n')) {
      if (line.trim().includes(' ')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  },
);
