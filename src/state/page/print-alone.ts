/** Prints the figure that an element is part of, and nothing else of the page. Done when the paper has been made. */
export async function printAlone(element: Element): Promise<void> {
  const root = document.documentElement;
  const figure = element.closest<HTMLElement>('.chapter > figure');
  // Some browsers print while the page goes on.
  const isOver = new Promise((resolve) => addEventListener('afterprint', resolve, { once: true }));
  figure?.setAttribute('data-printed', '');
  root.setAttribute('data-print', '');
  print();
  await isOver;
  root.removeAttribute('data-print');
  figure?.removeAttribute('data-printed');
}
