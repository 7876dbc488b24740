/** What the page's documents refer to, by path. */
export type Assets = Record<string, { type: string; content: string }>;

/**
 * Run from source, the assets are bundled on the spot. In the executable there is nothing to bundle from, so
 * scripts/bundle.ts replaces this module by one that holds them.
 */
export async function pageAssets(): Promise<Assets> {
  const { bundlePageAssets } = await import('../../../scripts/page-assets.ts');
  return bundlePageAssets();
}
