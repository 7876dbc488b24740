/** The licences of what is in this program; a bundle has the texts here (scripts/package/bundled-packages.ts). */
export const LICENCE_TEXTS: string = 'This copy is not bundled: the licences lie in node_modules.\n';
