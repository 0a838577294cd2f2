/** What a figure in a frame says to the page around it: pages of other sites listen for it, so it is the same for ever. */
export interface FrameHeight {
  readonly type: 'backprop-by-hand/height';
  /** In CSS pixels, all of the figure. */
  readonly height: number;
}

const TYPE: FrameHeight['type'] = 'backprop-by-hand/height';

/** In a frame: says how high this page is, now and whenever that changes, to whichever page frames it. */
export function tellHeight(): void {
  if (parent === window) return;
  const content = document.querySelector('main')!;
  new ResizeObserver(() => {
    const said: FrameHeight = { type: TYPE, height: Math.ceil(content.getBoundingClientRect().height) };
    parent.postMessage(said, '*');
  }).observe(content);
}

/** Around frames: keeps each as high as what is in it. Returns what ends it. */
export function heedHeights(): () => void {
  const heed = ({ data, source }: MessageEvent) => {
    if ((data as Partial<FrameHeight> | null)?.type !== TYPE) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = `${(data as FrameHeight).height}px`;
  };
  addEventListener('message', heed);
  return () => removeEventListener('message', heed);
}

/** The same for a page of somebody else's, as text to copy. */
export const HEIGHT_SCRIPT = `<script>
  addEventListener('message', ({ data, source }) => {
    if (data?.type !== '${TYPE}') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = data.height + 'px';
  });
</script>`;
