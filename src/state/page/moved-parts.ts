/** An old link to a part of this page that stands elsewhere now leads there: to another part, or another page. */
export function followMovedParts(page: Document): void {
  const moved = page.querySelector<HTMLElement>('[data-moved]')?.dataset['moved'];
  const parts: Readonly<Record<string, string>> = JSON.parse(moved ?? '{}');
  const follow = () => {
    const to = parts[location.hash.slice(1)];
    if (to !== undefined) location.replace(to);
  };
  addEventListener('hashchange', follow);
  follow();
}
