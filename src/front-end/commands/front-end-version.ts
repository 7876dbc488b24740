import packageJson from '../../../package.json' with { type: 'json' };

/** The version of this program; never sent anywhere. */
export const FRONT_END_VERSION: string = packageJson.version;
