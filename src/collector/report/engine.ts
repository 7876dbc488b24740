import type { FigureName } from './figures/index.ts';
import type { Report, ReportOptions } from './report.ts';

/**
 * What answers questions. There is one over a data directory (`store-engine.ts`) and there may be others; on the same
 * events they give the same figures, cell by cell.
 */
export interface ReportEngine {
  /** Calculates the named figures. Rejects with `UnknownTimeZoneError`, or the engine's own error. */
  report(options: ReportOptions, names: readonly FigureName[]): Promise<Report>;
  /** Nothing may be asked afterwards. */
  close(): Promise<void>;
}
