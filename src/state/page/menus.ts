/** A list in the page's head is laid over the page: a click elsewhere, or on where it leads, puts it away again. */
export function closeMenus(page: Document): void {
  page.addEventListener('click', ({ target }) => {
    for (const menu of page.querySelectorAll<HTMLDetailsElement>('.masthead details'))
      if (!menu.contains(target as Node) || (target as Element).closest('a')) menu.open = false;
  });
}
