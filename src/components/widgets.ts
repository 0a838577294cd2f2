import Contents from './chrome/Contents.astro';
import DrawPad from './pad/DrawPad.astro';
import DrawWorkshop from './pad/DrawWorkshop.astro';

/** What a chapter may name: widgets, each by its shell. */
export const widgets = { Contents, DrawPad, DrawWorkshop };
