/** Prints the figure that an element is part of, and nothing else of the page. */
export function printAlone(element: Element): void {
  const root = document.documentElement;
  const figure = element.closest<HTMLElement>('.chapter > figure');
  figure?.setAttribute('data-printed', '');
  root.setAttribute('data-print', '');
  print();
  root.removeAttribute('data-print');
  figure?.removeAttribute('data-printed');
}
