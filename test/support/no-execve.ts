/** The front end on a platform whose Node has no execve. */
Reflect.deleteProperty(process, 'execve');
await import('../../bin/wasp.ts');
