import { NAMES, wantedFigures } from '../../../src/collector/commands/report/figure-names.ts';

test('figures come in the order of the questions, whatever the order they were asked in', () => {
  expect(wantedFigures(['totals', 'installs']).figures).toEqual(['installs', 'totals']);
});

test('a table that isn’t named as its figure can be asked for alone', () => {
  expect(wantedFigures(['uptake'])).toEqual({ figures: ['versions'], ids: ['uptake'] });
  expect(wantedFigures(['versions'])).toEqual({ figures: ['versions'], ids: ['versions', 'uptake'] });
});

test.each([
  ['retenion', 'retention'],
  ['Funnel', 'funnel'],
  ['activeusers', 'active-users'],
  ['poeple', 'people'],
  ['deploy', 'deploys'],
  ['conv', 'conversion'],
  ['instals', 'installs'],
  ['users', 'active-users'],
])('%s: did you mean %s?', (wrong, meant) => {
  expect(() => wantedFigures(['totals', wrong])).toThrow(
    `There is no figure "${wrong}". Did you mean ${meant}?`,
  );
});

test.each(['', 'x', 'weather', '--', 'constructor'])('%j resembles none, and all are named', (wrong) => {
  expect(() => wantedFigures([wrong])).toThrow(
    `There is no figure ${JSON.stringify(wrong)}. Figures: ${NAMES.join(', ')}.`,
  );
});
