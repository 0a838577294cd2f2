/** A page's or a file's address under the site's base path: `address('draw/')`. */
export function address(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${path}`;
}
