import type { Activity } from './activity.ts';
import { deployOf } from './deploy.ts';

/** Bits of {@link shapeFlags}. */
export const BUILDS = 1;
export const DEPLOYS = 2;

/** By shape: whether it is a build, and whether it is a deploy that puts an app somewhere. */
export function shapeFlags({ shapes }: Activity): Uint8Array {
  return Uint8Array.from(shapes, (shape) => {
    const deploys = deployOf(shape?.deploy ?? '')?.puts === true;
    return (shape?.isBuild ? BUILDS : 0) | (deploys ? DEPLOYS : 0);
  });
}
