/**
 * The environment variable that makes this program a sender, and that tells it what to send: argv could be read by
 * everyone on the machine, the environment by this user alone. It is removed from what the real Wasp gets.
 */
export const SENDER_JOB = 'WASP_TELEMETRY_JOB';
