import type { ReportProperties } from '../../src/protocol/report.ts';

/** Who reports in the benchmark. */
export const USERS = 20_000;

/** The report of user `index`; from {@link USERS} on they are new to the store. */
export function propertiesOf(index: number): ReportProperties {
  const hex = ((index * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');
  return {
    distinct_id: `${hex}-1c11-4f82-9542-${index.toString(16).padStart(12, '0')}`,
    project_hash: hex + hex,
    is_build: index % 7 === 0,
    deploy_cmd_args: index % 50 === 0 ? 'fly;deploy' : '',
    wasp_version: `0.2${index % 6}.0`,
    os: index % 3 === 0 ? 'darwin' : 'linux',
    context: index % 5 === 0 ? 'CI' : '',
  };
}
