import type { Activity } from '../store/activity.ts';
import { deployOf } from './deploy.ts';

/** Bits of {@link dimensionFlags}. */
export const BUILDS = 1;
export const DEPLOYS = 2;

/** By dimension: whether it is a build, and whether it is a deploy that puts an app somewhere. */
export function dimensionFlags({ dimensions }: Activity): Uint8Array {
  return Uint8Array.from(dimensions, (dimension) => {
    const deploys = deployOf(dimension?.deploy ?? '')?.puts === true;
    return (dimension?.isBuild ? BUILDS : 0) | (deploys ? DEPLOYS : 0);
  });
}
