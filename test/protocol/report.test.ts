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
