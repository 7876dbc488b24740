import { HtmlValidate } from 'html-validate';
import { answerOf } from '../../../src/collector/page/answer-of.ts';
import type { PageOptions } from '../../../src/collector/page/listener.ts';
import { report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { DEMO_NOW, demoReports } from '../support/demo-report.ts';
import { event } from '../support/events.ts';
import { closePages, openPage } from '../support/page-client.ts';

let calculate: PageOptions['calculate'];

beforeAll(() => {
  calculate = demoReports(temporaryDirectory());
});
closePages();

const validate = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
});

async function complaints(markup: string): Promise<string[]> {
  const { results } = await validate.validateString(markup);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`),
  );
}

test.each([
  '/',
  '/?period=day&last=60',
  '/?period=month&last=1&env=all',
  '/shares',
  '/table/retention',
  '/?period=x',
])('%s is valid HTML', async (path) => {
  const { get } = await openPage({ calculate });
  expect(await complaints(await (await get(path)).text())).toEqual([]);
});

test('so are the login, with and without a problem, and a link that was revoked', async () => {
  const { url, post } = await openPage({ calculate });
  for (const answer of [
    await fetch(`${url}/login?next=%2F%3Flast%3D3`),
    await post('/login', { token: 'wrong' }),
    await fetch(`${url}/shared/nothing/`),
  ]) {
    expect(await complaints(await answer.text())).toEqual([]);
  }
});

test.each([0, 1, 9, 10])('so is the page after %i reports', async (count) => {
  const store = openStore(temporaryDirectory());
  store.insert(
    Array.from({ length: count }, (_, index) => event({ distinctId: `${index}`, receivedAt: DEMO_NOW })),
  );
  const { get } = await openPage({
    calculate: async (question) =>
      answerOf(report(store.activity(), { ...question, exclude: [], burstMinimum: 20, now: DEMO_NOW }), []),
  });
  expect(await complaints(await (await get('/')).text())).toEqual([]);
  store.close();
});

test('no id is used twice, and every reference leads somewhere', async () => {
  const { get } = await openPage({ calculate });
  const markup = await (await get('/')).text();
  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of markup.matchAll(/url\(#([^)]+)\)|aria-labelledby="([^"]+)"/g)) {
    if (id !== undefined) expect(ids).toContain(id);
  }
});
