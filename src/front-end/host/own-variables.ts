/**
 * The environment variable that makes this program a sender, and names the attempt to make. It is removed from what the
 * real Wasp gets.
 */
export const SENDER_JOB = 'WASP_TELEMETRY_JOB';
