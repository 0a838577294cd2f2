/** Whether a file of the site has another name as soon as it has another content: all that Astro bundles, and the shards of digits. */
export function isNamedByContent(name: string): boolean {
  return /^_astro\/|^data\/.*[.-][0-9a-f]{8,}\.\w+$/.test(name);
}
