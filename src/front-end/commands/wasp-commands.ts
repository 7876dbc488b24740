/** A command of the real Wasp, as far as help and reports need to know it. */
export interface WaspCommand {
  readonly name: string;
  readonly args?: string;
  readonly summary: string;
  readonly group: string;
  /** Never reported: no user typed it. */
  readonly unattended?: boolean;
  readonly commands?: readonly WaspCommand[];
}

const ANYWHERE = 'Commands anywhere:';
const IN_PROJECT = 'Commands in a project:';
const DATABASE = 'Database commands in a project:';

/**
 * What `wasp` 0.25.0 prints as its commands, `wasp db`'s own included, and `completion:list`, which it answers too.
 * The one list of them: commander's program, help and completion are made from it.
 */
export const WASP_COMMANDS: readonly WaspCommand[] = [
  {
    name: 'new',
    args: '[name] [options]',
    summary: 'create a Wasp project; asks when called without a name',
    group: ANYWHERE,
  },
  { name: 'version', summary: 'print the version of Wasp', group: ANYWHERE },
  { name: 'doctor', summary: 'check that this machine has what Wasp needs', group: ANYWHERE },
  { name: 'completion', summary: 'tell how to set up completion in a shell', group: ANYWHERE },
  { name: 'uninstall', summary: 'remove Wasp from this machine', group: ANYWHERE },
  {
    name: 'start',
    summary: 'run the app for development and follow changes',
    group: IN_PROJECT,
    commands: [
      { name: 'db', args: '[options]', summary: 'run a database for development', group: IN_PROJECT },
    ],
  },
  { name: 'install', summary: 'set up the dependencies and run npm install', group: IN_PROJECT },
  { name: 'clean', summary: 'delete generated code, caches and node_modules', group: IN_PROJECT },
  { name: 'compile', summary: 'compile the project and print its errors', group: IN_PROJECT },
  {
    name: 'build',
    summary: 'generate the app for deployment',
    group: IN_PROJECT,
    commands: [
      { name: 'start', args: '[args...]', summary: 'try the built app on this machine', group: IN_PROJECT },
    ],
  },
  { name: 'deploy', args: '[args...]', summary: 'deploy the app to a hosting provider', group: IN_PROJECT },
  { name: 'deps', summary: 'print the dependencies that Wasp brings', group: IN_PROJECT },
  { name: 'dockerfile', summary: 'print the Dockerfile that Wasp generates', group: IN_PROJECT },
  { name: 'info', summary: 'print facts about the project', group: IN_PROJECT },
  { name: 'test', args: '[args...]', summary: "run the project's tests", group: IN_PROJECT },
  { name: 'studio', summary: 'look at the app in a browser (experimental)', group: IN_PROJECT },
  { name: 'news', summary: 'read news about Wasp', group: IN_PROJECT },
  {
    name: 'db',
    args: '<command>',
    summary: 'run a database command; alone, lists them',
    group: DATABASE,
    commands: [
      { name: 'start', args: '[options]', summary: 'the same as start db', group: DATABASE },
      {
        name: 'reset',
        args: '[args...]',
        summary: 'delete all data and apply the migrations again',
        group: DATABASE,
      },
      { name: 'seed', args: '[name]', summary: 'run a seed function of the project', group: DATABASE },
      {
        name: 'migrate-dev',
        args: '[options]',
        summary: 'bring the database up to the schema',
        group: DATABASE,
      },
      { name: 'studio', summary: 'look at the data in a browser', group: DATABASE },
    ],
  },
  { name: 'completion:list', summary: 'what a shell asks on Tab', group: ANYWHERE, unattended: true },
];
