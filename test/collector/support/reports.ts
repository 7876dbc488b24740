/** Bodies as clients send them. */

/** What the real Wasp 0.25.0 sent for `wasp deploy railway launch x --secret 1`, key order included. */
export const REAL_WASP_REPORT = {
  api_key: 'CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4',
  event: 'cli',
  properties: {
    context: 'NON_INTERACTIVE_SHELL',
    deploy_cmd_args: 'railway;launch',
    distinct_id: '2ae05e06-77ce-4bc7-8697-36353371f432',
    is_build: false,
    os: 'linux',
    project_hash: '7823100eae2f0439',
    wasp_version: '0.25.0',
  },
};

/** What the postinstall script of @wasp.sh/wasp-cli 0.25.0 sends. */
export const NPM_POSTINSTALL = {
  api_key: 'CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4',
  type: 'capture',
  event: 'npm-package:postinstall',
  distinct_id: '213451763809911222',
  properties: { os: 'osx', context: ' CI' },
};

/** What scripts/install.sh sends. */
export const INSTALL_SCRIPT = {
  api_key: 'CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4',
  event: 'install-script:run',
  properties: { distinct_id: '2071317638099430211138472019', os: 'linux' },
};

/** A report with some properties changed, or taken away by `undefined`. */
export function report(properties: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ...REAL_WASP_REPORT,
    properties: { ...REAL_WASP_REPORT.properties, ...properties },
  });
}
