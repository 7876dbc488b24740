import { escapeUnseen } from '../../src/protocol/escape-unseen.ts';
import { REPORT_KEYS, reportBody } from '../../src/protocol/report.ts';

test('a report is PostHog’s capture form with the seven keys in their order', () => {
  const body = reportBody('key', {
    context: 'CI',
    os: 'linux',
    wasp_version: '0.25.0',
    deploy_cmd_args: 'fly;deploy',
    is_build: false,
    project_hash: '6d7e561d62b955d1',
    distinct_id: 'bf3fa7a8-1c11-4f82-9542-ec1a2d28786b',
  });
  expect(body).toBe(
    '{"api_key":"key","event":"cli","properties":{"distinct_id":"bf3fa7a8-1c11-4f82-9542-ec1a2d28786b",' +
      '"project_hash":"6d7e561d62b955d1","is_build":false,"deploy_cmd_args":"fly;deploy",' +
      '"wasp_version":"0.25.0","os":"linux","context":"CI"}}',
  );
  expect(Object.keys(REPORT_KEYS)).toHaveLength(7);
});

test.each([
  '\u{7f}',
  '\u{9b}31m',
  '\u{202e}',
  '\u{180e}',
  '\u{fff9}',
  '\u{e0041}',
  '\u{e0a0}',
  '\u{ffff}',
  '\u{10ffff}',
])(
  'what a terminal obeys or does not draw, %j, is escaped in a report, so that preview and log are the bytes that are sent',
  (context) => {
    const rest = { os: 'linux', wasp_version: '', deploy_cmd_args: '', is_build: false };
    const body = reportBody('key', { ...rest, context, project_hash: '', distinct_id: '' });
    expect(JSON.parse(body).properties.context).toBe(context);
    expect(escapeUnseen(body)).toBe(body);
  },
);
