/** Preloaded: the system's clock is off by CLOCK_OFF milliseconds, as this process and its children see it. */
const off = Number(process.env.CLOCK_OFF ?? 0);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + off);
    else super(...args);
  }
  static now() {
    return RealDate.now() + off;
  }
};
