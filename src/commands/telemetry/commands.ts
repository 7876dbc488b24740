import type { Command } from 'commander';
import type { Host } from '../../host.ts';

/** `wasp telemetry …`: answered here, never handed over, never reported (SPEC sections 1 and 6). */
export function addTelemetryCommands(_host: Host, program: Command): void {
  program.command('telemetry').summary('see and control what is sent').helpGroup('Telemetry:');
}
