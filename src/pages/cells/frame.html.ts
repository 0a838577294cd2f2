import { cellFrame } from '../../build/cell-frame.ts';

export function GET(): Response {
  return new Response(cellFrame, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
