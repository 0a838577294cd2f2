/** What a pointer that touches the pad does there: its tip inks, a pen's other end takes strokes away. */
export type PointerTool = 'ink' | 'eraser';

type Contact = Pick<PointerEvent, 'pointerType' | 'button' | 'buttons'>;

/** The bits of `buttons`, by Pointer Events, section 3.1.2.2. */
const TIP = 1;
const BARREL = 2;
const ERASER = 32;
const ERASER_BUTTON = 5;

/** The tool of a pointer that comes down; none for a mouse's other buttons and a pen's barrel button. */
export function toolOf({ pointerType, button, buttons }: Contact): PointerTool | undefined {
  if (pointerType === 'touch') return 'ink';
  if (pointerType === 'pen' && (button === ERASER_BUTTON || buttons & ERASER)) return 'eraser';
  return button === 0 && !(buttons & BARREL) ? 'ink' : undefined;
}

/**
 * Whether a pointer that moves still touches, as it did with its tool: it may have been let go where the page did not
 * hear of it. A finger that moves always touches.
 */
export function stillTouches(tool: PointerTool, { pointerType, buttons }: Contact): boolean {
  return pointerType === 'touch' || (buttons & (tool === 'eraser' ? ERASER : TIP)) !== 0;
}

/** Whether a pointer that comes down takes the pad from the one that has it: a pen does from a hand that rests there. */
export function goesBefore(
  next: Pick<PointerEvent, 'pointerType'>,
  holder: Pick<PointerEvent, 'pointerType'>,
): boolean {
  return next.pointerType === 'pen' && holder.pointerType === 'touch';
}
