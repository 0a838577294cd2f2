import { expect, test } from 'vitest';
import { goesBefore, stillTouches, toolOf } from '../../../../src/components/pad/pointer-tool.ts';

const contact = (pointerType: string, button: number, buttons: number) => ({ pointerType, button, buttons });

test('only the tip inks: a pen’s, a mouse’s first button, a finger', () => {
  expect(toolOf(contact('mouse', 0, 1))).toBe('ink');
  expect(toolOf(contact('pen', 0, 1))).toBe('ink');
  expect(toolOf(contact('touch', 0, 1))).toBe('ink');
});

test('a mouse’s other buttons and a pen’s barrel button do nothing, with the tip down or not', () => {
  expect(toolOf(contact('mouse', 1, 4))).toBeUndefined();
  expect(toolOf(contact('mouse', 2, 2))).toBeUndefined();
  expect(toolOf(contact('pen', 2, 2))).toBeUndefined();
  expect(toolOf(contact('pen', 0, 3))).toBeUndefined();
});

test('a pen’s other end is an eraser, by its button or by the buttons that are held', () => {
  expect(toolOf(contact('pen', 5, 32))).toBe('eraser');
  expect(toolOf(contact('pen', 0, 32))).toBe('eraser');
});

test('a mouse or a pen that moves with its button up has been let go; a finger that moves touches', () => {
  expect(stillTouches('ink', contact('mouse', -1, 1))).toBe(true);
  expect(stillTouches('ink', contact('mouse', -1, 0))).toBe(false);
  expect(stillTouches('ink', contact('mouse', -1, 2))).toBe(false);
  expect(stillTouches('eraser', contact('pen', -1, 32))).toBe(true);
  expect(stillTouches('eraser', contact('pen', -1, 0))).toBe(false);
  expect(stillTouches('ink', contact('touch', -1, 0))).toBe(true);
});

test('a pen takes the pad from a hand, and nothing takes it from a pen', () => {
  expect(goesBefore({ pointerType: 'pen' }, { pointerType: 'touch' })).toBe(true);
  expect(goesBefore({ pointerType: 'touch' }, { pointerType: 'pen' })).toBe(false);
  expect(goesBefore({ pointerType: 'mouse' }, { pointerType: 'pen' })).toBe(false);
  expect(goesBefore({ pointerType: 'touch' }, { pointerType: 'touch' })).toBe(false);
});
