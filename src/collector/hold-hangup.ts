/**
 * To be imported before everything else: loading the program takes longer than a service manager may wait with its
 * first SIGHUP, which would end a server that has not yet said what it does then.
 */
if (process.argv[2] === 'serve') process.on('SIGHUP', () => {});
