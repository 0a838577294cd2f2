/** Empties the margin, block by block, where a figure lies over it: nothing there is ever cut through. */
export function keepMargin(page: Document): void {
  const margin = page.querySelector<HTMLElement>('.page-margin');
  if (!margin) return;
  const figures = [...page.querySelectorAll('.chapter > .wide')];
  let isAsked = false;
  const look = () => {
    isAsked = false;
    if (margin.offsetParent === null) return;
    const boxes = figures.map((figure) => figure.getBoundingClientRect());
    for (const block of margin.querySelectorAll<HTMLElement>('.page-block')) {
      const { top, bottom } = block.getBoundingClientRect();
      block.toggleAttribute(
        'data-covered',
        boxes.some((box) => box.top < bottom && box.bottom > top),
      );
    }
  };
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(look);
  };
  addEventListener('scroll', ask, { passive: true });
  new ResizeObserver(ask).observe(page.body);
}
