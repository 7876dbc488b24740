/**
 * An address of loopback that no other process with tests has. For what has to have a certain port, such as 53 or 443: the
 * tests may run in two checkouts at the same time.
 */
export const OWN_ADDRESS = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;
